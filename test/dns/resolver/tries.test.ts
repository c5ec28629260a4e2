import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/dns/resolver/resolver.js';
import * as act from '../../helpers/name-server.js';
import { ask, manyNames, one, patient, question, resolverFor, said, serve } from '../../helpers/resolving.js';

describe('a question', () => {
  it('without a reply is asked again', async () => {
    const server = await serve(() => act.lose(2, one));
    const answer = await ask([server]);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.tries).toBeGreaterThanOrEqual(3);
    expect(server.queries).toHaveLength(answer.tries);
  });

  it('whose reply is lost is asked again while others are answered', async () => {
    const server = await serve({ 'lost.dev': act.lose(1, one), 'x.dev': one });
    const { ask } = resolverFor([server]);
    const lost = ask(question('lost.dev'));
    expect(said(await ask(question('x.dev')))).toBe('192.0.2.1');
    expect(said(await lost)).toBe('192.0.2.1');
  });

  it('is answered by a late reply to an earlier try', async () => {
    const { hold, release } = act.gate();
    const server = await serve(() => act.inTurn(hold(one), act.silent));
    const answer = ask([server], { tries: 3 });
    await server.received(2);
    release();
    expect(said(await answer)).toBe('192.0.2.1');
  });

  it('is answered by a late reply of an earlier server', async () => {
    const { hold, release } = act.gate();
    const slow = await serve(() => hold(one));
    const silent = await serve(() => act.silent);
    const answer = ask([slow, silent], { tries: 2, timeout: 500 });
    await silent.received(1);
    release();
    expect((await answer).outcome).toMatchObject({ server: `udp://${slow.address}` });
  });

  it('that an earlier server fails late leaves the present one its time', async () => {
    const { hold, release } = act.gate();
    const first = await serve(() => hold(act.refuse));
    const second = await serve(() => hold(one));
    const answer = ask([first, second], { tries: 2, timeout: 500 });
    await second.received(1);
    release();
    expect(said(await answer)).toBe('192.0.2.1');
  });

  it.each([
    ['an address', one, '192.0.2.1'],
    ['that the name does not exist', act.deny, 'NXDOMAIN'],
    ['that there is no such record', act.noData, 'NOERROR'],
  ] as const)('is asked no more once a reply says %s', async (_what, script, expected) => {
    const first = await serve(() => script);
    const second = await serve(() => one);
    const answer = await ask([first, second], patient);
    expect(said(answer)).toBe(expected);
    expect(answer).toMatchObject({ tries: 1, outcome: { server: `udp://${first.address}` } });
    expect(second.queries).toEqual([]);
  });

  it.each([1, 2, 5])('is given up after %i tries', async (tries) => {
    const server = await serve(() => act.silent);
    const answer = await ask([server], { tries, timeout: 20 });
    const times = tries === 1 ? 'one try' : `${tries} tries`;
    expect(said(answer)).toBe(`no reply from udp://${server.address} in ${times}`);
    expect(answer.tries).toBe(tries);
    expect(server.queries).toHaveLength(tries);
  });

  it('is given up after so many tries at all servers together', async () => {
    const first = await serve(() => act.silent);
    const second = await serve(() => act.silent);
    const answer = await ask([first, second], { tries: 5, timeout: 20 });
    expect(said(answer)).toBe(
      `no reply from udp://${first.address} in 3 tries; no reply from udp://${second.address} in 2 tries`,
    );
    expect(answer.tries).toBe(5);
    expect([first.queries.length, second.queries.length]).toEqual([3, 2]);
  });

  it('is one of many that nobody answers, and each is given up', async () => {
    const server = await serve(() => act.silent);
    const { ask } = resolverFor([server], { tries: 2, timeout: 20 });
    const answers = await Promise.all(manyNames(100).map((name) => ask(question(name))));
    expect(answers.map(said)).toEqual(answers.map(() => `no reply from udp://${server.address} in 2 tries`));
    expect(server.queries).toHaveLength(200);
  });

  it('that is asked again is told of, with the reason', async () => {
    const refusing = await serve(() => act.refuse);
    const lossy = await serve(() => act.lose(1, one));
    const told: string[] = [];
    await ask([refusing, lossy], { tries: 3, log: (message) => told.push(message) });
    expect(told).toEqual([
      `x.dev A: REFUSED from udp://${refusing.address}; try 2 of 3: udp://${lossy.address}`,
      `x.dev A: no reply from udp://${lossy.address}; try 3 of 3: udp://${lossy.address}`,
    ]);
  });
});

it('two tries of one question that fail together are one answer', async () => {
  const server = await serve(({ name }) => (name === 'silent.dev' ? act.silent : one));
  const { ask } = resolverFor([server], { ...patient, tries: 2 });
  const answers: Answer[] = [];
  void ask(question('silent.dev')).then((answer) => answers.push(answer));
  // One on each other socket, so that both tries are on the same.
  await Promise.all(manyNames(3).map((name) => ask(question(name))));
  await server.received(5);
  await server.close();
  await Promise.all(manyNames(8).map((name) => ask(question(name))));
  expect(answers.map(said)).toEqual([`nothing is listening at udp://${server.address}`]);
});
