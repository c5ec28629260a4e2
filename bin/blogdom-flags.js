#!/usr/bin/env node
require('../dist/start.cjs').printedVersion(process.argv.slice(2)) || require('../dist/country-flags.cjs');
