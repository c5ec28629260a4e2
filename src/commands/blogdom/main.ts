import { main } from '../shared/process.js';

// Both halves are loaded when they are needed: `--version` needs neither, `--help` only the first.
main({
  name: 'blogdom',
  parse: async (...args) => (await import('./options.js')).parseOptions(...args),
  run: async (...args) => (await import('./run.js')).run(...args),
});
