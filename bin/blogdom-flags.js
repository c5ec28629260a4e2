#!/usr/bin/env node
require('../dist/country-flags.cjs');
