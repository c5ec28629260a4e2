import { main } from './main.js';
import { keepHeapSmall } from './memory.js';
import { parseOptions } from './options.js';

main({
  name: 'blogdom',
  parse: parseOptions,
  async run(options, streams, signal) {
    // Loaded only now, so that help and errors are there at once.
    const { run } = await import('./run.js');
    keepHeapSmall();
    return run(options, streams, signal);
  },
});
