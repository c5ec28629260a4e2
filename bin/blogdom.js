#!/usr/bin/env node
// Node 22.8 and later keep the compiled code for the next start.
require('node:module').enableCompileCache?.();
require('../dist/blogdom.js');
