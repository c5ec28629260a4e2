import { describe, expect, it } from 'vitest';
import * as act from '../../helpers/name-server.js';
import {
  ask,
  manyNames,
  nobody,
  one,
  patient,
  question,
  resolverFor,
  said,
  serve,
} from '../../helpers/resolving.js';

const failures = [
  ['refuses', act.refuse, 'REFUSED from udp://'],
  ['fails', act.fail('SERVFAIL'), 'SERVFAIL from udp://'],
  ['does not know the query', act.fail('NOTIMP'), 'NOTIMP from udp://'],
  ['finds fault with the query', act.fail('FORMERR'), 'FORMERR from udp://'],
  ['has a response code of its own', act.fail(14), 'RCODE14 from udp://'],
  ['cannot be read', act.unreadable(), 'unreadable reply from udp://'],
] as const;

describe('the next server is asked', () => {
  it.each(failures)('where a server %s', async (_what, script) => {
    const first = await serve(() => script);
    const second = await serve(() => one);
    const answer = await ask([first, second], patient);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.tries).toBe(2);
    expect(first.queries).toHaveLength(1);
  });

  it('where nothing listens', async () => {
    const answer = await ask([await nobody(), await serve(() => one)], patient);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.tries).toBe(2);
  });

  it('where a server is silent', async () => {
    const first = await serve(() => act.silent);
    const second = await serve(() => one);
    expect(said(await ask([first, second]))).toBe('192.0.2.1');
    expect(first.queries).toHaveLength(1);
  });

  it('where a server only refers to others', async () => {
    const first = await serve(() =>
      act.reply({ authorities: [{ type: 'NS', name: 'dev', data: 'ns.example' }] }),
    );
    const second = await serve(() => one);
    expect(said(await ask([first, second], patient))).toBe('192.0.2.1');
    expect(said(await ask([first], patient))).toBe(
      `udp://${first.address} only refers to the name servers of dev`,
    );
  });
});

describe('no server answers', () => {
  it.each(failures)('where the only one %s, and it is asked once', async (_what, script, reason) => {
    const server = await serve(() => script);
    const answer = await ask([server], patient);
    expect(said(answer)).toBe(reason + server.address);
    expect(answer.tries).toBe(1);
  });

  it('and the reason names the part of each', async () => {
    const [refusing, failing, silent, absent] = await Promise.all([
      serve(() => act.refuse),
      serve(() => act.fail()),
      serve(() => act.silent),
      nobody(),
    ]);
    const answer = await ask([refusing, failing, silent, absent], { tries: 6, timeout: 20 });
    expect(said(answer)).toBe(
      [
        `REFUSED from udp://${refusing.address}`,
        `SERVFAIL from udp://${failing.address}`,
        `no reply from udp://${silent.address} in 3 tries`,
        `nothing is listening at udp://${absent.address}`,
      ].join('; '),
    );
    expect(answer.tries).toBe(6);
    expect([refusing.queries.length, failing.queries.length, silent.queries.length]).toEqual([1, 1, 3]);
  });

  it('and the response code is that of the last that sent one', async () => {
    const servers = [await serve(() => act.refuse), await serve(() => act.fail())];
    expect((await ask(servers, patient)).outcome).toMatchObject({
      rcode: 'SERVFAIL',
      server: `udp://${servers[1]?.address}`,
    });
  });

  it('only after every one had its turn', async () => {
    const useless = [act.silent, act.refuse, act.unreadable(), act.fail(), act.silent];
    const servers = await Promise.all(useless.map((script) => serve(() => script)));
    const last = await serve(() => one);
    const answer = await ask([...servers, await nobody(), last], { tries: 7 });
    expect(answer.outcome).toMatchObject({ server: `udp://${last.address}` });
    expect(servers.map(({ queries }) => queries.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('and none is asked a second time before the others were asked once', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => serve(() => act.silent)));
    await ask(servers, { tries: 4, timeout: 20 });
    expect(servers.map(({ queries }) => queries.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('later questions', () => {
  it('go to the first server while it answers', async () => {
    const first = await serve(() => one);
    const second = await serve(() => one);
    const { ask } = resolverFor([first, second], patient);
    for (const name of manyNames(3)) await ask(question(name));
    await Promise.all(manyNames(10).map((name) => ask(question(name))));
    expect([first.queries.length, second.queries.length]).toEqual([13, 0]);
  });

  it('do not wait for a first server that was silent', async () => {
    const dead = await serve(() => act.silent);
    const sound = await serve(() => one);
    const { ask } = resolverFor([dead, sound]);
    expect(said(await ask(question('first.dev')))).toBe('192.0.2.1');
    const answers = await Promise.all(manyNames(50).map((name) => ask(question(name))));
    expect(answers.map(({ tries }) => tries)).toEqual(answers.map(() => 1));
    expect(dead.queries.map(({ name }) => name)).toEqual(['first.dev']);
  });

  it('do not go first to a server where nothing listens', async () => {
    const { ask } = resolverFor([await nobody(), await serve(() => one)], patient);
    expect((await ask(question('first.dev'))).tries).toBe(2);
    expect((await ask(question('later.dev'))).tries).toBe(1);
  });

  it('do go to a server that was often silent before another is asked a second time', async () => {
    const first = await serve(({ name }) => (name === 'last.dev' ? one : act.silent));
    const second = await serve(({ name }) => (name === 'last.dev' ? act.silent : one));
    const { ask } = resolverFor([first, second], { tries: 2 });
    await Promise.all(manyNames(9).map((name) => ask(question(name))));
    expect(said(await ask(question('last.dev')))).toBe('192.0.2.1');
  });

  it('go to the first server again once it was heard again', async () => {
    const first = await serve(({ name }) => (name === 'lost.dev' ? act.silent : one));
    const second = await serve(({ name }) => (name === 'refused.dev' ? act.refuse : one));
    const { ask } = resolverFor([first, second]);
    const whoAnswers = async (name: string) => (await ask(question(name))).outcome.server;
    expect(await whoAnswers('lost.dev')).toBe(`udp://${second.address}`);
    expect(await whoAnswers('avoided.dev')).toBe(`udp://${second.address}`);
    expect(await whoAnswers('refused.dev')).toBe(`udp://${first.address}`);
    expect(await whoAnswers('trusted.dev')).toBe(`udp://${first.address}`);
  });
});
