import { type LookupAddress, promises } from 'node:dns';
import { readFile } from 'node:fs/promises';

/** Two small programs that do in Node what blogdom does, and write as it does. */

/** getaddrinfo on Node's thread pool. */
export const runLookup = (file: string): Promise<void> =>
  writeLines(file, 1000, (name): Promise<LookupAddress> => promises.lookup(name));

/** c-ares. With more in flight it reports answers as time-outs that did arrive. */
export function runResolver(file: string, server: string): Promise<void> {
  const resolver = new promises.Resolver();
  resolver.setServers([server]);
  return writeLines(file, 100, (name) => resolver.resolve4(name));
}

/** The errors that say that there is no such name; the first is getaddrinfo's as well. */
const denials = new Set(['ENOTFOUND', 'ENODATA']);

async function writeLines(file: string, atOnce: number, find: (name: string) => Promise<unknown>) {
  const names = (await readFile(file, 'utf8')).trimEnd().split('\n').values();
  const work = async () => {
    // All share one iterator, so that each name is taken once.
    for (const name of names) {
      const mark = await find(name).then(
        () => '+',
        ({ code }: NodeJS.ErrnoException) => (denials.has(code ?? '') ? ' ' : '?'),
      );
      process.stdout.write(`${mark} ${name}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
