import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import { deny, except, keepingSingleLabels, truthful, type Zone } from '../../../helpers/played-servers.js';

const live = { A: ['192.0.2.1'] };
const truth: Zone = {
  '': { isDelegated: true },
  love: { isDelegated: true },
  'true.love': live,
  'first.love': live,
  'nic.love': live,
  dev: { isDelegated: true },
  'live.dev': live,
};
const honest = truthful(truth);
const withNameServers: PlayedServer = (query) =>
  query.type === 'NS' && query.name === 'love'
    ? { nameServers: true, serverNames: ['a.nic.love'] }
    : truthful({ ...truth, 'a.nic.love': live })(query);
/** Denies every name below .love as its zone does, but not the suffix itself. */
const filtering = (otherwise: PlayedServer): PlayedServer =>
  except(
    (name) => name.endsWith('.love'),
    () => ({ rcode: 'NXDOMAIN', zone: 'love' }),
    otherwise,
  );
const names = ['true.love', 'free.love', 'first.love'];
const truths = ['  free.love', '+ first.love', '+ true.love'];
const filter = 'FIRST: it denies a.nic.love, which exists';

describe('a server that denies every name below a suffix', () => {
  it('blocks the names if it denies a name server of the suffix', async () => {
    const { lines, notes } = await play([filtering(withNameServers)], names);
    expect(lines).toEqual(names.toSorted().map((name) => `? ${name}  blocked by ${filter}`));
    expect(notes).toEqual([`names under .love are blocked by ${filter}`]);
  });

  it('is called a filter behind a stub resolver that keeps single labels to itself, too', async () => {
    const stub = keepingSingleLabels(deny, filtering(honest));
    const { lines, notes } = await play([stub, honest], [...names, 'x.love'], { concurrency: 1 });
    expect(lines).toEqual(['  free.love', '  x.love', '+ first.love', '+ true.love']);
    expect(notes).toEqual(['names under .love are blocked by FIRST: it denies true.love, which exists']);
  });

  it('is not called unnoticed if another server shows that a name exists', async () => {
    const { lines, notes } = await play([filtering(honest), honest], names);
    expect(lines).toEqual(truths);
    expect(notes.filter((note) => note.includes('unnoticed'))).toEqual([]);
  });

  it.each([
    ['first', [filtering(honest), honest, honest]],
    ['last', [honest, honest, filtering(honest)]],
  ])('costs no answer beside honest ones if it is the %s one', async (_, servers) => {
    const words = Array.from({ length: 30 }, (_each, index) => `w${index}`);
    const existing = Object.fromEntries(
      words.filter((_each, i) => i % 2).map((word) => [`${word}.love`, live]),
    );
    const all = truthful({ ...truth, ...existing });
    const asked = servers.map((server) => (server === honest ? all : filtering(all)));
    const { lines } = await play(
      asked,
      words.map((word) => `${word}.love`),
    );
    expect(lines).toEqual(words.map((word, i) => `${i % 2 ? '+' : ' '} ${word}.love`).toSorted());
  });

  it('is noted once if several of many servers have it', async () => {
    const words = Array.from({ length: 200 }, (_, index) => `x${index}`);
    const all = truthful({
      ...truth,
      ...Object.fromEntries(words.map((word) => [`${word}.love`, live])),
    });
    const servers = Array.from({ length: 21 }, (_, index) => (index % 3 ? all : filtering(all)));
    const { lines, notes } = await play(
      servers,
      words.map((word) => `${word}.love`),
    );
    expect(lines.filter((line) => !line.startsWith('+'))).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^names under \.love are blocked by /)]);
  });

  it('is not noticed if no name is known to exist, and a note says so', async () => {
    const { lines, notes } = await play([filtering(honest)], ['free.love']);
    expect(lines).toEqual(['  free.love']);
    expect(notes).toEqual([
      'no name under .love is known to exist, so a filter of all its names would go unnoticed',
    ]);
  });

  it('is believed without a note if a common name is answered', async () => {
    const { lines, notes } = await play([honest], ['free.love']);
    expect(lines).toEqual(['  free.love']);
    expect(notes).toEqual([]);
  });

  it('is found out later by a name that it has answered before', async () => {
    const filterLater = (): PlayedServer => {
      let count = 0;
      return (query) => (++count > 30 ? filtering(honest) : honest)(query);
    };
    const words = Array.from({ length: 60 }, (_each, index) => (index % 6 ? `x${index}.love` : 'true.love'));
    const { lines } = await play([filterLater()], words, { concurrency: 4 });
    expect(lines.filter((line) => line === '  true.love')).toEqual([]);
  });
});

describe('names under a suffix of which one name has been deleted', () => {
  it('are still believed if another one exists', async () => {
    let count = 0;
    const server: PlayedServer = (query) =>
      query.name === 'true.love' && count++ > 0 ? { rcode: 'NXDOMAIN', zone: 'love' } : honest(query);
    const { lines } = await play([server], ['true.love', 'first.love', 'free.love', 'x.love'], {
      concurrency: 1,
    });
    expect(lines).toEqual(['  free.love', '  x.love', '+ first.love', '+ true.love']);
  });
});

it('all names are right through three servers of which one denies what exists', async () => {
  expect((await play([filtering(honest), honest], names)).lines).toEqual(truths);
});
