import { main } from '../shared/process.js';
import { parseOptions } from './options.js';

/** Milliseconds after which a run is a long one. */
const longRun = 1000;

async function keepHeapSmall(): Promise<void> {
  const memory = await import('./memory.js');
  memory.keepHeapSmall();
}

main({
  name: 'blogdom',
  parse: parseOptions,
  async run(options, streams, signal) {
    // Loaded only now, so that help and errors are there at once.
    const { run } = await import('./run.js');
    setTimeout(keepHeapSmall, longRun).unref();
    return run(options, streams, signal);
  },
});
