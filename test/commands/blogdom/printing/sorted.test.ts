import { beforeAll, describe, expect, it } from 'vitest';
import { blogdom, serve } from '../../../helpers/command.js';

let address: string;
beforeAll(async () => {
  const server = await serve({
    dev: {},
    io: {},
    'as.dev': { A: ['192.0.2.1'] },
    'as.io': { A: ['192.0.2.1'] },
  });
  address = server.address;
});

const ask = (...args: readonly string[]) => blogdom(['-s', address, '-t', 'io,dev', '--sort', ...args]);

describe.concurrent('blogdom --sort', () => {
  it('prints text by word, without empty lines if it is not on a terminal', async () => {
    const { stdout } = await ask('or', 'as', 'is');
    expect(stdout).toBe('  is.dev\n  is.io\n  or.dev\n  or.io\n+ as.dev\n+ as.io\n');
  });

  it('prints only results of the given statuses', async () => {
    const { stdout } = await ask('--only', 'live', '-o', 'names', 'or', 'as');
    expect(stdout).toBe('as.dev\nas.io\n');
  });

  it('sorts the rows and columns of a grid', async () => {
    const { stdout } = await ask('-o', 'grid', 'or', 'as');
    expect(stdout).toMatch(/^ {4}dev {2}io\nas {2}\+ {4}\+\nor {2}- {4}-\n/);
  });
});
