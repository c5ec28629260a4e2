import { type LookupAddress, promises } from 'node:dns';
import { readFile } from 'node:fs/promises';

// Two small programs that look up names with Node's own means and print lines like those of blogdom.

/** Looks up the names in a file with getaddrinfo, on Node's thread pool. */
export const runGetaddrinfo = (file: string): Promise<void> =>
  writeLines(file, 1000, (name): Promise<LookupAddress> => promises.lookup(name));

/** Looks up the names in a file with c-ares, 100 at a time: with more, it reports time-outs for answers that arrived. */
export function runCares(file: string, server: string): Promise<void> {
  const resolver = new promises.Resolver();
  resolver.setServers([server]);
  return writeLines(file, 100, (name) => resolver.resolve4(name));
}

/** The error codes for a name that does not exist; ENOTFOUND is also getaddrinfo's. */
const denialCodes = new Set(['ENOTFOUND', 'ENODATA']);

async function writeLines(file: string, concurrency: number, lookUp: (name: string) => Promise<unknown>) {
  const names = (await readFile(file, 'utf8')).trimEnd().split('\n').values();
  const work = async () => {
    // All workers share one iterator, so each name is looked up once.
    for (const name of names) {
      const mark = await lookUp(name).then(
        () => '+',
        ({ code }: NodeJS.ErrnoException) => (denialCodes.has(code ?? '') ? ' ' : '?'),
      );
      process.stdout.write(`${mark} ${name}\n`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
