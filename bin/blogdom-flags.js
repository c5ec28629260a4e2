#!/usr/bin/env node
require('../dist/start.cjs').start(require.resolve('../dist/commands/flags/main.cjs'));
