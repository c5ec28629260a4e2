import { main } from '../shared/process.js';
import { parseOptions } from './options.js';

main({
  name: 'blogdom-flags',
  parse: parseOptions,
  async run(options, streams, signal) {
    // Loaded only now, so that help and errors are there at once.
    const { run } = await import('./run.js');
    return run(options, streams, signal);
  },
});
