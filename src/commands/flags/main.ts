import { main } from '../shared/process.js';
import { parseOptions } from './options.js';

main({
  name: 'blogdom-flags',
  parse: parseOptions,
  async run(options, streams, signal) {
    // Loaded late, so that help and usage errors appear faster.
    const { run } = await import('./run.js');
    return run(options, streams, signal);
  },
});
