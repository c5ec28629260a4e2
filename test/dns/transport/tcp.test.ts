import { describe, expect, it } from 'vitest';
import { openUdp } from '../../../src/dns/transport/udp.js';
import * as act from '../../helpers/name-server.js';
import {
  ask,
  forged,
  manyNames,
  one,
  oneTry,
  patient,
  question,
  resolverFor,
  said,
  serve,
  serverAt,
} from '../../helpers/resolving.js';
import { openWithCallbacks } from './connecting.js';

const overTcp = (tcp: Parameters<typeof act.truncated>[0]) =>
  act.byTransport({ udp: act.truncated(one), tcp });
const transportsOf = ({ queries }: act.NameServer) => queries.map(({ transport }) => transport);

describe('a truncated reply', () => {
  it.each(['127.0.0.1', '::1'])('from %s makes the query go over TCP', async (host) => {
    const server = await serve(() => act.truncated(one), { host });
    const answer = await ask([server], oneTry);
    expect(said(answer)).toBe('192.0.2.1');
    expect(transportsOf(server)).toEqual(['udp', 'tcp']);
  });

  it('is ignored even if it says that the name does not exist', async () => {
    const server = await serve(() => act.byTransport({ udp: act.truncated(act.deny), tcp: one }));
    expect(said(await ask([server], oneTry))).toBe('192.0.2.1');
  });

  it('is followed by all of 200 addresses, which do not fit into a datagram', async () => {
    const addresses = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    const server = await serve({ 'x.dev': { A: addresses } });
    expect(said(await ask([server], oneTry))).toBe(addresses.join(' '));
  });

  it('makes 200 queries share one TCP connection', async () => {
    const names = manyNames(200);
    const server = await serve(({ name }) => act.truncated(act.answer(`192.0.2.${name.length}`)));
    const { ask } = resolverFor([server], oneTry);
    const answers = await Promise.all(names.map((name) => ask(question(name))));
    expect(answers.map(said)).toEqual(names.map((name) => `192.0.2.${name.length}`));
    const overTcp = server.queries.filter(({ transport }) => transport === 'tcp');
    expect(overTcp).toHaveLength(200);
    expect(new Set(overTcp.map(({ port }) => port)).size).toBe(1);
  });
});

describe('a reply over TCP', () => {
  it.each([
    ['with another id', act.wrongId(forged)],
    ['of no octets', act.rubbish(1, 0)],
  ] as const)('counts after a message %s', async (_what, forgery) => {
    const server = await serve(() => overTcp([forgery, one]));
    expect(said(await ask([server], oneTry))).toBe('192.0.2.1');
  });

  it('is not reported if its query has been forgotten', async () => {
    const { hold, release } = act.gate();
    const server = await serve(({ name }) => overTcp(name === 'forgotten.dev' ? hold(one) : one));
    const transport = openWithCallbacks((settled) => openUdp(serverAt(server), patient.timeout, settled));
    const settled: string[] = [];
    const forget = transport.ask(question('forgotten.dev'), () => settled.push('forgotten.dev'));
    await server.received(2);
    forget();
    release();
    await new Promise<void>((resolve) => {
      transport.ask(question('x.dev'), () => resolve(void settled.push('x.dev')));
    });
    expect(settled).toEqual(['x.dev']);
  });
});

describe('a query that fails over TCP', () => {
  const truncatedTwice = act.altered((message) => {
    message.writeUInt8(message.readUInt8(2) | 2, 2);
    return message;
  }, one);

  it.each([
    [
      'the connection is closed in the middle of a reply',
      overTcp(act.cutShort(one)),
      'connection closed by tcp://',
    ],
    ['the connection is reset', overTcp(act.reset), 'connection reset by tcp://'],
    ['the reply is unreadable', overTcp(act.unreadable()), 'unreadable reply from tcp://'],
    ['the reply is truncated over TCP too', overTcp(truncatedTwice), 'unreadable reply from tcp://'],
  ] as const)('has a reason that says so if %s', async (_what, script, reason) => {
    const server = await serve(() => script);
    expect(said(await ask([server], oneTry))).toBe(reason + server.address);
  });

  it('is reported as having no reply if none comes over TCP', async () => {
    const server = await serve(() => overTcp(act.silent));
    const answer = await ask([server], { tries: 2 });
    expect(said(answer)).toBe(`no reply from udp://${server.address} in 2 tries`);
  });

  it('has a reason that says so if nothing listens for TCP', async () => {
    const server = await serve(() => act.truncated(one), { tcp: false });
    expect(said(await ask([server], oneTry))).toBe(`nothing is listening at tcp://${server.address}`);
  });

  it('is sent to the next server', async () => {
    const first = await serve(() => act.truncated(one), { tcp: false });
    const second = await serve(() => overTcp(act.cutShort(one)));
    const third = await serve(() => act.truncated(one));
    const answer = await ask([first, second, third], patient);
    expect(said(answer)).toBe('192.0.2.1');
    expect(answer.outcome.server).toBe(`tcp://${third.address}`);
    expect(answer.tries).toBe(3);
  });
});
