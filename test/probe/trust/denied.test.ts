import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import type { Script } from '../../helpers/name-server/action.js';
import { deny, refuse, silent } from '../../helpers/name-server.js';
import { ask, denying, except, forType, madeUp, truthful } from '../../helpers/network.js';
import { sampleLines } from '../../helpers/sample-zone.js';

const cutOff = (suffix: string) => `cut off from the internet: FIRST denies even .${suffix} and the root`;
const noSuchDomain = (suffix: string) => `there is no top-level domain .${suffix}`;
const isRoot = (name: string) => name === '.';

describe.concurrent('a server that denies everything, as on a closed network,', () => {
  it('makes every name unknown, and is reported once, with status 1', async () => {
    const server = await serve(() => deny);
    expect(await ask([server])).toEqual({
      lines: sampleLines.map((line) => `? ${line.slice(2)}  ${cutOff('dev')}`).toSorted(),
      notes: [`blogdom: ${cutOff('dev')}`],
      status: 1,
    });
  });

  it('makes every name unknown as well if it has one address for all names', async () => {
    const server = await serve(() => forType('A', madeUp, deny));
    expect(await ask([server], 'live', 'free')).toEqual({
      lines: [`? free.dev  ${cutOff('dev')}`, `? live.dev  ${cutOff('dev')}`],
      notes: [`blogdom: ${cutOff('dev')}`],
      status: 1,
    });
  });
});

describe.concurrent('a suffix that does not exist', () => {
  it.each([
    ['if it is the only one', ['x.dvv'], []],
    ['if another suffix exists', ['live', 'free', '-t', 'dev,dvv'], ['  free.dev', '+ live.dev']],
  ])('makes its names unknown %s', async (_case, args, known) => {
    const server = await serve(truthful());
    const { lines, notes, status } = await ask([server], ...args);
    const denied = known.length > 0 ? ['free', 'live'] : ['x'];
    expect(lines).toEqual([...known, ...denied.map((word) => `? ${word}.dvv  ${noSuchDomain('dvv')}`)]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${noSuchDomain('dvv')}`], status: 1 });
  });

  it('may have several labels and an existing top-level domain', async () => {
    const server = await serve(truthful());
    const { lines, notes, status } = await ask([server], 'x', 'y', '-t', 'cu.example');
    const reason = 'there is no domain cu.example';
    expect(lines).toEqual([`? x.cu.example  ${reason}`, `? y.cu.example  ${reason}`]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${reason}`], status: 1 });
  });

  it('may be one that exists but is denied by the only server', async () => {
    const server = await serve(denying('dev', truthful()));
    const { lines, notes, status } = await ask([server], 'live', 'free', '-t', 'example,dev');
    expect(lines).toEqual([
      '  free.example',
      '+ live.example',
      `? free.dev  ${noSuchDomain('dev')}`,
      `? live.dev  ${noSuchDomain('dev')}`,
    ]);
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${noSuchDomain('dev')}`], status: 1 });
  });

  it('has no live names if the server makes up addresses', async () => {
    const truth = truthful();
    const server = await serve((query) => forType('A', madeUp, truth(query)));
    expect(await ask([server], 'x.dvv')).toMatchObject({
      lines: [`? x.dvv  ${noSuchDomain('dvv')}`],
      status: 1,
    });
  });
});

describe.concurrent('a denied suffix', () => {
  const twoTries = ['--timeout', '0.05', '--tries', '2'];

  it.each<[string, Script]>([
    ['is denied', deny],
    ['is refused', refuse],
    ['is not answered', silent],
  ])('does not exist if the root %s and another suffix exists', async (_root, script) => {
    const server = await serve(except(isRoot, script, truthful()));
    expect(await ask([server], ...twoTries, 'live', '-t', 'dev,dvv')).toEqual({
      lines: ['+ live.dev', `? live.dvv  ${noSuchDomain('dvv')}`],
      notes: [`blogdom: ${noSuchDomain('dvv')}`],
      status: 1,
    });
  });

  it.each<[string, Script, string]>([
    ['is refused', refuse, 'REFUSED from FIRST'],
    ['is not answered', silent, 'no reply from FIRST in 2 tries'],
  ])('is unknown if the root %s and there is no other suffix', async (_root, script, why) => {
    const server = await serve(except(isRoot, script, truthful()));
    const { lines, notes, status } = await ask([server], ...twoTries, 'x.dvv');
    expect(lines).toEqual([expect.stringMatching(/^\? x\.dvv {2}.*\.dvv/)]);
    expect(lines[0]).toContain(why);
    expect(notes.join('\n')).not.toContain('there is no');
    expect(status).toBe(1);
  });
});
