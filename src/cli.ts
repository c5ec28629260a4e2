import { exitStatus } from './exit-status.js';
import { keepHeapSmall } from './memory.js';
import { parseOptions } from './options.js';

/** The only file that touches the process: its arguments, streams, signals and exit status. */
async function main(): Promise<number> {
  const { argv, env, stdin, stdout, stderr } = process;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
  // Nobody may be left to read messages; that costs no results.
  stderr.on('error', () => {});
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (stop.signal.aborted) return;
    // A reader that has seen enough, such as `head`, is no failure.
    if (code !== 'EPIPE') stderr.write(`blogdom: cannot write the results: ${code}\n`);
    stop.abort(code === 'EPIPE' ? exitStatus.answered : exitStatus.usage);
  });
  const parsed = parseOptions(argv.slice(2), env, stdout.isTTY === true);
  let status: number;
  if ('options' in parsed) {
    // Loaded only now, so that help and errors are there at once.
    const { run } = await import('./run.js');
    keepHeapSmall();
    status = await run(parsed.options, { stdin, stdout, stderr }, stop.signal);
  } else {
    (parsed.status === exitStatus.answered ? stdout : stderr).write(parsed.text);
    status = parsed.status;
  }
  // A failure to write is told only after the write.
  await new Promise(setImmediate);
  return stop.signal.aborted ? Number(stop.signal.reason) : status;
}

void main().then((status) => process.exit(status));
