import { exitStatus } from './exit-status.js';
import { parseOptions } from './options.js';

/** The only file that touches the process: its arguments, streams, signals and exit status. */
async function main(): Promise<number> {
  const { argv, env, stdin, stdout, stderr } = process;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no failure.
    if (error.code !== 'EPIPE') stderr.write(`blogdom: cannot write the results: ${error.code}\n`);
    stop.abort(error.code === 'EPIPE' ? exitStatus.answered : exitStatus.usage);
  });
  const parsed = parseOptions(argv.slice(2), env, stdout.isTTY === true);
  if ('options' in parsed) {
    // Loaded only now, so that help and errors are there at once.
    const { run } = await import('./run.js');
    return run(parsed.options, { stdin, stdout, stderr }, stop.signal);
  }
  (parsed.status === exitStatus.answered ? stdout : stderr).write(parsed.text);
  return parsed.status;
}

void main().then((status) => process.exit(status));
