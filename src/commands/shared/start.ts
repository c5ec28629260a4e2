import { readFileSync, writeSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { version } from './version.js';

/**
 * Starts a command: prints the version where nothing else is asked for, as what reads a command line takes longer
 * to load than all the rest; runs its bundle otherwise.
 *
 * @param bundle the absolute path of a CommonJS file; beside it may be its code as V8 compiled it.
 */
export function start(bundle: string): void {
  if (printedVersion(process.argv.slice(2))) return;
  compile(bundle, readIfThere(cacheOf(bundle)))();
}

/** Where the compiled code of a bundle is kept. */
export const cacheOf = (bundle: string): string => `${bundle}.cache`;

/** A bundle that is not run yet. */
export interface Compiled {
  /** Runs it, as `require` would. */
  (): void;
  /** Its compiled code, with that of all functions that have run by now. */
  createCachedData(): Buffer;
}

/** @param cachedData is passed over by V8 where another version of it made it. */
export function compile(bundle: string, cachedData: Buffer | undefined): Compiled {
  const script = new Script(wrap(readFileSync(bundle, 'utf8')), { filename: bundle, cachedData });
  const run = () => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
  };
  return Object.assign(run, { createCachedData: () => script.createCachedData() });
}

/** @returns whether that was all; where it could not be written the command says why. */
function printedVersion(args: readonly string[]): boolean {
  if (args.length !== 1 || !/^(?:-V|--version)$/.test(args[0] ?? '')) return false;
  try {
    writeSync(1, `${version}\n`);
    return true;
  } catch {
    return false;
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
