import { describe, expect, it } from 'vitest';
import { probe } from '../../../src/index.js';
import { serve } from '../../helpers/command.js';
import type { Script } from '../../helpers/name-server/action.js';
import { deny, refuse, silent } from '../../helpers/name-server.js';
import { sampleLines } from '../../helpers/sample-zone.js';
import { ask, denying, except, forType, honest, madeUp } from './network.js';

const cutOff = (suffix: string) =>
  `FIRST denies even .${suffix} and the root: it is cut off from the internet's names`;
const nobodyHas = (suffix: string) => `there is no top-level domain .${suffix}`;
const isRoot = (name: string) => name === '.';

describe.concurrent('on a closed network, whose server denies everything', () => {
  it('all 18 names are unknown, with one explanation on standard error and the status 1', async () => {
    const server = await serve(() => deny);
    expect(await ask([server])).toEqual({
      lines: sampleLines.map((line) => `? ${line.slice(2)}  ${cutOff('dev')}`).toSorted(),
      notes: [`blogdom: ${cutOff('dev')}`],
      status: 1,
    });
  });

  it('no name is live either where it has one address for all names', async () => {
    const server = await serve(() => forType('A', madeUp, deny));
    expect(await ask([server], 'live', 'free')).toEqual({
      lines: [`? free.dev  ${cutOff('dev')}`, `? live.dev  ${cutOff('dev')}`],
      notes: [`blogdom: ${cutOff('dev')}`],
      status: 1,
    });
  });

  it('--no-canary believes it', async () => {
    const server = await serve(() => deny);
    const { lines, notes, status } = await ask([server], '--no-canary');
    expect(lines).toEqual(sampleLines.map((line) => `  ${line.slice(2)}`).toSorted());
    expect({ notes, status }).toEqual({ notes: [], status: 0 });
  });

  it('--only absent prints nothing, and the status is 1', async () => {
    const server = await serve(() => deny);
    expect(await ask([server], '--only', 'absent')).toMatchObject({ lines: [], status: 1 });
  });

  it('the library says so in the reason', async () => {
    const server = await serve(() => deny);
    const result = await probe('live.dev', { servers: [server.address] });
    const reason = cutOff('dev').replace('FIRST', `udp://${server.address}`);
    expect(result).toMatchObject({ status: 'unknown', reason, addresses: [] });
  });
});

describe.concurrent('a top-level domain that nobody has', () => {
  it.each([
    ['stands alone, and the root exists', ['x.dvv'], []],
    ['stands beside one that exists', ['live', 'free', '-t', 'dev,dvv'], ['  free.dev', '+ live.dev']],
  ])('leaves its names unknown (it %s)', async (_what, args, known) => {
    const server = await serve(honest());
    const { lines, notes, status } = await ask([server], ...args);
    const denied = known.length > 0 ? ['free', 'live'] : ['x'];
    expect(lines).toEqual([...known, ...denied.map((word) => `? ${word}.dvv  ${nobodyHas('dvv')}`)]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${nobodyHas('dvv')}`], status: 1 });
  });

  it('may be a longer suffix, whose top-level domain exists', async () => {
    const server = await serve(honest());
    const { lines, notes, status } = await ask([server], 'x', 'y', '-t', 'cu.example');
    const reason = 'there is no domain cu.example';
    expect(lines).toEqual([`? x.cu.example  ${reason}`, `? y.cu.example  ${reason}`]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${reason}`], status: 1 });
  });

  it('is the same to a server that denies one which exists, the root too', async () => {
    const server = await serve(denying('dev', honest()));
    const { lines, notes, status } = await ask([server], 'live', 'free', '-t', 'example,dev');
    expect(lines).toEqual([
      '  free.example',
      '+ live.example',
      `? free.dev  ${nobodyHas('dev')}`,
      `? live.dev  ${nobodyHas('dev')}`,
    ]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${nobodyHas('dev')}`], status: 1 });
  });

  it('has no live names either', async () => {
    const truth = honest();
    const server = await serve((query) => forType('A', madeUp, truth(query)));
    expect(await ask([server], 'x.dvv')).toMatchObject({
      lines: [`? x.dvv  ${nobodyHas('dvv')}`],
      status: 1,
    });
  });
});

/** Where the root itself is no help, other suffixes can be. */
describe.concurrent('where the root', () => {
  const given = ['--timeout', '0.1', '--tries', '2'];

  it.each<[string, Script]>([
    ['denied', deny],
    ['refused', refuse],
    ['not answered', silent],
  ])('is %s, another suffix that exists shows that only this one does not', async (_what, script) => {
    const server = await serve(except(isRoot, script, honest()));
    expect(await ask([server], ...given, 'live', '-t', 'dev,dvv')).toEqual({
      lines: ['+ live.dev', `? live.dvv  ${nobodyHas('dvv')}`],
      notes: [`blogdom: ${nobodyHas('dvv')}`],
      status: 1,
    });
  });

  it.each<[string, Script, string]>([
    ['refused', refuse, 'REFUSED from FIRST'],
    ['not answered', silent, 'no reply from FIRST in 2 tries'],
  ])(
    'is %s, and there is no other suffix, nobody says that this one does not exist',
    async (_what, script, why) => {
      const server = await serve(except(isRoot, script, honest()));
      const { lines, notes, status } = await ask([server], ...given, 'x.dvv');
      expect(lines).toEqual([expect.stringMatching(/^\? x\.dvv {2}.*\.dvv/)]);
      expect(lines[0]).toContain(why);
      expect(notes.join('\n')).not.toContain('there is no');
      expect(status).toBe(1);
    },
  );
});
