import { describe, expect, it } from 'vitest';
import * as act from '../../helpers/name-server.js';
import { ask, manyNames, one, patient, question, resolverFor, said, serve } from '../../helpers/resolving.js';

const two = act.answer('192.0.2.2');
const urlOf = ({ address }: act.NameServer) => `udp://${address}`;
const namesOf = ({ queries }: act.NameServer) => queries.map(({ name }) => name);

describe('a question to one server alone', () => {
  it('goes to no other', async () => {
    const [first, second] = [await serve(() => one), await serve(() => two)];
    const { ask } = resolverFor([first, second], patient);
    const answers = await Promise.all(
      manyNames(5).map((name) => ask(question(name), { only: urlOf(second) })),
    );
    expect(answers.map(said)).toEqual(answers.map(() => '192.0.2.2'));
    expect(first.queries).toEqual([]);
  });

  it('is asked as often as any, and fails where that server is silent', async () => {
    const [sound, silent] = [await serve(() => one), await serve(() => act.silent)];
    const { ask } = resolverFor([sound, silent], { tries: 3, timeout: 20 });
    const answer = await ask(question('x.dev'), { only: urlOf(silent) });
    expect(said(answer)).toBe(`no reply from ${urlOf(silent)} in 3 tries`);
    expect(answer.tries).toBe(3);
    expect([sound.queries.length, silent.queries.length]).toEqual([0, 3]);
  });

  it('gets a reply after some were lost', async () => {
    const [sound, lossy] = [await serve(() => one), await serve(() => act.lose(2, two))];
    const { ask } = resolverFor([sound, lossy]);
    expect(said(await ask(question('x.dev'), { only: urlOf(lossy) }))).toBe('192.0.2.2');
  });

  it('fails where that server refuses', async () => {
    const [sound, refusing] = [await serve(() => one), await serve(() => act.refuse)];
    const { ask } = resolverFor([sound, refusing], patient);
    const answer = await ask(question('x.dev'), { only: urlOf(refusing) });
    expect(said(answer)).toBe(`REFUSED from ${urlOf(refusing)}`);
    expect(answer.tries).toBe(1);
    expect(sound.queries).toEqual([]);
  });
});

describe('a question to one server first', () => {
  it('goes there before the others', async () => {
    const [first, second] = [await serve(() => one), await serve(() => two)];
    const { ask } = resolverFor([first, second], patient);
    expect(said(await ask(question('x.dev'), { first: urlOf(second) }))).toBe('192.0.2.2');
    expect(said(await ask(question('y.dev')))).toBe('192.0.2.1');
    expect([namesOf(first), namesOf(second)]).toEqual([['y.dev'], ['x.dev']]);
  });

  it.each([
    ['refuses', act.refuse],
    ['is silent', act.silent],
  ])('goes to the others where that one %s', async (_what, script) => {
    const [first, second] = [await serve(() => one), await serve(() => script)];
    const { ask } = resolverFor([first, second]);
    expect(said(await ask(question('x.dev'), { first: urlOf(second) }))).toBe('192.0.2.1');
    expect(second.queries).toHaveLength(1);
  });
});

// It would wait for what nobody asks any more, and keep all that waits behind it from being asked.
it('a question to one server first does not wait for one that may be dead', async () => {
  const [sound, silent] = [await serve(() => one), await serve(() => act.silent)];
  const { ask } = resolverFor([sound, silent], { tries: 1, timeout: 20 });
  await ask(question('x.dev'), { only: urlOf(silent) });
  expect(said(await ask(question('y.dev'), { first: urlOf(silent) }))).toBe('192.0.2.1');
  expect(namesOf(silent)).toEqual(['x.dev']);
});

describe('a server that is distrusted', () => {
  async function openTwo() {
    const servers = [await serve(() => one), await serve(() => two)] as const;
    return { servers, resolver: resolverFor(servers, patient) };
  }

  it('is asked no more', async () => {
    const { servers, resolver } = await openTwo();
    expect(said(await resolver.ask(question('before.dev')))).toBe('192.0.2.1');
    expect(resolver.distrust(urlOf(servers[0]))).toBe(true);
    const answers = await Promise.all(manyNames(5).map((name) => resolver.ask(question(name))));
    expect(answers.map(said)).toEqual(answers.map(() => '192.0.2.2'));
    expect(namesOf(servers[0])).toEqual(['before.dev']);
  });

  it('is not even asked first', async () => {
    const { servers, resolver } = await openTwo();
    resolver.distrust(urlOf(servers[0]));
    const answer = await resolver.ask(question('x.dev'), { first: urlOf(servers[0]) });
    expect(said(answer)).toBe('192.0.2.2');
    expect(servers[0].queries).toEqual([]);
  });

  it('is asked what goes to it alone', async () => {
    const { servers, resolver } = await openTwo();
    resolver.distrust(urlOf(servers[0]));
    const answer = await resolver.ask(question('x.dev'), { only: urlOf(servers[0]) });
    expect(said(answer)).toBe('192.0.2.1');
  });

  it('is not asked where the others do not answer, either', async () => {
    const [lying, refusing] = [await serve(() => one), await serve(() => act.refuse)];
    const resolver = resolverFor([lying, refusing], patient);
    resolver.distrust(urlOf(lying));
    expect(said(await resolver.ask(question('x.dev')))).toBe(`REFUSED from ${urlOf(refusing)}`);
    expect(lying.queries).toEqual([]);
  });

  it('is asked again nothing that it left without a reply', async () => {
    const [silent, sound] = [await serve(() => act.silent), await serve(() => act.lose(2, one))];
    const resolver = resolverFor([silent, sound]);
    const answer = resolver.ask(question('x.dev'));
    await silent.received(1);
    resolver.distrust(urlOf(silent));
    expect(said(await answer)).toBe('192.0.2.1');
    expect(silent.queries).toHaveLength(1);
  });

  it('is not waited for by what has no other server left', async () => {
    const { hold, release } = act.gate();
    const [refusing, busy] = [await serve(() => act.refuse), await serve(() => hold(one))];
    const resolver = resolverFor([refusing, busy], patient);
    const firstWindow = manyNames(32).map((name) => resolver.ask(question(name), { only: urlOf(busy) }));
    await busy.received(firstWindow.length);
    const answer = resolver.ask(question('x.dev'));
    await refusing.received(1);
    // The refusal arrives before the reply to what is asked after it.
    await resolver.ask(question('y.dev'), { only: urlOf(refusing) });
    resolver.distrust(urlOf(busy));
    release();
    await Promise.all(firstWindow);
    expect(said(await answer)).toBe(`REFUSED from ${urlOf(refusing)}`);
  });

  it('may be distrusted a second time', async () => {
    const { servers, resolver } = await openTwo();
    expect([resolver.distrust(urlOf(servers[0])), resolver.distrust(urlOf(servers[0]))]).toEqual([
      true,
      true,
    ]);
    expect(said(await resolver.ask(question('x.dev')))).toBe('192.0.2.2');
  });

  it('is never the last one', async () => {
    const { servers, resolver } = await openTwo();
    expect(resolver.distrust(urlOf(servers[0]))).toBe(true);
    expect(resolver.distrust(urlOf(servers[1]))).toBe(false);
    expect(said(await resolver.ask(question('x.dev')))).toBe('192.0.2.2');
  });

  it('is never the only one', async () => {
    const server = await serve(() => one);
    const resolver = resolverFor([server], patient);
    expect(resolver.distrust(urlOf(server))).toBe(false);
    expect(said(await resolver.ask(question('x.dev')))).toBe('192.0.2.1');
  });
});

describe('an answer names the server by the URL that a route takes', () => {
  it('though the reply came over TCP', async () => {
    const server = await serve(() => act.truncated(one));
    const { asked, outcome } = await ask([server], patient);
    expect([asked, outcome.server]).toEqual([urlOf(server), `tcp://${server.address}`]);
  });

  it('though another was asked since', async () => {
    const { hold, release } = act.gate();
    const [slow, silent] = [await serve(() => hold(one)), await serve(() => act.silent)];
    const answer = ask([slow, silent], { tries: 2, timeout: 500 });
    await silent.received(1);
    release();
    expect((await answer).asked).toBe(urlOf(slow));
  });

  it('that was asked last where none answered', async () => {
    const servers = [await serve(() => act.refuse), await serve(() => act.silent)] as const;
    expect((await ask(servers, { tries: 2, timeout: 20 })).asked).toBe(urlOf(servers[1]));
  });
});

it('the root can be asked about', async () => {
  const server = await serve({ '.': { NS: ['ns.example'] } });
  const { outcome } = await resolverFor([server], patient).ask({ name: '', type: 'NS' });
  expect(outcome).toMatchObject({ reply: { rcode: 'NOERROR', nameServers: true } });
  expect(namesOf(server)).toEqual(['.']);
  expect(said(await ask([server], patient, ''))).toBe('NOERROR');
});
