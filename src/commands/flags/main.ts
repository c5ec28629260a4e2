import { main } from '../shared/process.js';

// Each half is loaded only when it is needed: `--version` needs neither, `--help` only the first.
main({
  name: 'blogdom-flags',
  // Its results are the files.
  outlivesReader: true,
  parse: async (...args) => (await import('./options.js')).parseOptions(...args),
  run: async (...args) => (await import('./run.js')).run(...args),
});
