import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  deny,
  denying,
  except,
  forType,
  madeUp,
  refuse,
  silent,
  truthful,
  type Zone,
  zone,
} from '../../../helpers/played-servers.js';

const cutOff = 'cut off from the internet: FIRST denies even the root';
const noSuchDomain = (suffix: string) => `there is no top-level domain .${suffix}`;
const isRoot = (name: string) => name === '';

describe('a server that denies everything, as on a closed network,', () => {
  it.each<[string, PlayedServer]>([
    ['', deny],
    [' even if it has one address for all names', forType('A', madeUp, deny)],
  ])('makes every name unknown, and is reported once,%s', async (_, server) => {
    const { lines, notes } = await play([server], ['live.dev', 'free.dev']);
    expect(lines).toEqual([`? free.dev  ${cutOff}`, `? live.dev  ${cutOff}`]);
    expect(notes).toEqual([cutOff]);
  });

  it('is reported once, whatever the number of suffixes', async () => {
    const { lines, notes } = await play([deny], ['x.dev', 'x.app']);
    expect(lines).toEqual([`? x.app  ${cutOff.replace('dev', 'app')}`, `? x.dev  ${cutOff}`]);
    expect(notes).toHaveLength(1);
  });
});

describe('a suffix that does not exist', () => {
  it('makes its names unknown, and is reported once', async () => {
    const { lines, notes } = await play([truthful()], ['live.dev', 'free.dev', 'live.dvv', 'free.dvv']);
    const reason = noSuchDomain('dvv');
    expect(lines).toEqual(['  free.dev', '+ live.dev', `? free.dvv  ${reason}`, `? live.dvv  ${reason}`]);
    expect(notes).toEqual([reason]);
  });

  it('makes its names unknown if it is the only one', async () => {
    const { lines } = await play([truthful()], ['x.dvv']);
    expect(lines).toEqual([`? x.dvv  ${noSuchDomain('dvv')}`]);
  });

  it('may have several labels and an existing top-level domain', async () => {
    const { lines, notes } = await play([truthful()], ['x cu.example', 'y cu.example']);
    const reason = 'there is no domain cu.example';
    expect(lines).toEqual([`? x.cu.example  ${reason}`, `? y.cu.example  ${reason}`]);
    expect(notes).toEqual([reason]);
  });

  it('may be one that exists but is denied by the only server', async () => {
    const { lines, notes } = await play([denying('dev')], ['live.example', 'live.dev', 'free.dev']);
    const reason = 'blocked by FIRST: it denies .dev, which IANA lists';
    expect(lines).toEqual(['+ live.example', `? free.dev  ${reason}`, `? live.dev  ${reason}`]);
    expect(notes).toEqual([reason]);
  });

  it('has no live names if the server makes up addresses', async () => {
    const { lines } = await play([forType('A', madeUp, truthful())], ['x.dvv']);
    expect(lines).toEqual([`? x.dvv  ${noSuchDomain('dvv')}`]);
  });

  it('has the root asked for once, however many names it has', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `x${index} cu.example`);
    const { queries } = await play([truthful()], names);
    expect(queries[0]?.filter(({ name }) => name === '')).toHaveLength(1);
  });

  it('is denied even if the control has no answer the next time', async () => {
    let times = 0;
    const once = except((name) => name === 'dvv' && ++times > 1, silent, truthful());
    const { lines } = await play([forType('A', madeUp, once)], ['x.dvv', 'y.dvv'], { concurrency: 1 });
    expect(lines).toEqual([`? x.dvv  ${noSuchDomain('dvv')}`, `? y.dvv  ${noSuchDomain('dvv')}`]);
  });
});

describe('a denied suffix', () => {
  /** `only.dev` is answered, so the server is right about one suffix. */
  const truth: Zone = { ...zone, 'only.dev': { A: ['192.0.2.3'] } };

  it.each<[string, PlayedServer]>([
    ['is denied', deny],
    ['is refused', refuse],
    ['is not answered', silent],
  ])('does not exist if the root %s and another suffix exists', async (_, root) => {
    const server = except(isRoot, root, truthful(truth));
    const { lines, notes } = await play([server], ['only.dev', 'live.dvv'], { concurrency: 1 });
    expect(lines).toEqual(['+ only.dev', `? live.dvv  ${noSuchDomain('dvv')}`]);
    expect(notes).toEqual([noSuchDomain('dvv')]);
  });

  it.each<[string, PlayedServer, string]>([
    ['is refused', refuse, 'REFUSED from FIRST'],
    ['is not answered', silent, 'no reply from FIRST in 2 tries'],
  ])('is unknown if the root %s and there is no other suffix', async (_, root, why) => {
    const reason = `FIRST denies .dvv: ${why}`;
    const { lines, notes } = await play([except(isRoot, root, truthful())], ['x.dvv'], { tries: 2 });
    expect(lines).toEqual([`? x.dvv  ${reason}`]);
    expect(notes).toEqual([reason]);
  });
});
