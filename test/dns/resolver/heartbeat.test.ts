import { describe, expect, it } from 'vitest';
import { recordAnyReply } from '../../../src/dns/resolver/health.js';
import { createRoundTripTime, recordRoundTrip } from '../../../src/dns/resolver/round-trip-time.js';
import { failureOf, refusalFrom, replyFrom, urlOf } from './fakes.js';
import { fallSilent, silentServers } from './silent-servers.js';

describe('heartbeats', () => {
  it('ask silent servers for the servers of the root', () => {
    const { send, sent, server } = silentServers({ count: 3 });
    recordAnyReply(server.health, 0);
    send();
    expect(sent()).toMatchObject([
      { name: '', type: 'NS', url: urlOf(2) },
      { name: '', type: 'NS', url: urlOf(3) },
    ]);
  });

  it('are sent one at a time', async () => {
    const { send, sent, pass } = silentServers();
    send();
    await pass(399);
    send();
    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['an answer', replyFrom(urlOf(1))],
    ['a refusal', refusalFrom(urlOf(1))],
    [
      'a truncated reply',
      { failure: 'truncated reply', server: urlOf(1), isTruncated: true, hasReplied: true } as const,
    ],
  ])('end the silence of a server with %s', async (_, reply) => {
    const { send, sent, server, settledOne, clock, pass } = silentServers();
    send();
    await pass(40);
    sent()[0]?.end(reply);
    expect(server.health).toMatchObject({ isSilent: false, failures: 0, repliedAt: 40, resumeAt: 40 });
    expect([settledOne(), clock.pending()]).toEqual([1, 0]);
  });

  it('are missed if no reply comes in time, and sent again after a pause', async () => {
    const { send, sent, server, settledOne, pass } = silentServers();
    send();
    await pass(400);
    expect([settledOne(), server.lost, sent()[0]?.isSuspected]).toEqual([1, 1, true]);
    await pass(49);
    send();
    expect(sent()).toHaveLength(1);
    await pass(1);
    send();
    expect(sent()).toHaveLength(2);
  });

  it('are sent again after a pause if they fail', async () => {
    const { send, sent, server, settledOne, clock, pass } = silentServers();
    send();
    await pass(10);
    sent()[0]?.end(failureOf(urlOf(1)));
    expect([settledOne(), clock.pending()]).toEqual([1, 0]);
    expect(server).toMatchObject({ lost: 0, lastFailure: failureOf(urlOf(1)).failure });
    await pass(49);
    send();
    expect(sent()).toHaveLength(1);
    await pass(1);
    send();
    expect(sent()).toHaveLength(2);
  });

  it('are missed as late as replies of many servers are', async () => {
    const shared = createRoundTripTime();
    recordRoundTrip(shared, 100);
    const { send, server, pass } = silentServers({ shared });
    send();
    await pass(599);
    expect(server.lost).toBe(0);
    await pass(1);
    expect(server.lost).toBe(1);
  });

  it('have been answered even if the reply comes after the pause has begun', async () => {
    const { send, sent, server, settledOne, pass } = silentServers();
    send();
    await pass(420);
    sent()[0]?.end(replyFrom(urlOf(1)));
    expect(server).toMatchObject({ answered: 1, inFlight: 1 });
    expect([server.health.isSilent, settledOne()]).toEqual([false, 2]);
  });

  it('do not let a late failure begin the pause anew', async () => {
    const { send, sent, server, pass } = silentServers();
    send();
    await pass(420);
    sent()[0]?.end(failureOf(urlOf(1)));
    expect(server.health.resumeAt).toBe(450);
  });

  it('are forgotten when the next one is sent, unless they have ended', async () => {
    const { send, sent, server, pass } = silentServers();
    send();
    await pass(450);
    send();
    sent()[1]?.end(failureOf(urlOf(1)));
    await pass(100);
    send();
    expect(sent().map(({ isForgotten }) => isForgotten)).toEqual([true, false, false]);
    // The last one, and the query that was sent before the silence.
    expect(server.inFlight).toBe(2);
  });

  it('are forgotten, and not missed, when the next one is sent after something else broke the silence', async () => {
    const { send, sent, server, pass } = silentServers();
    send();
    await pass(100);
    recordAnyReply(server.health, 100);
    fallSilent(server, 200);
    await pass(100);
    send();
    expect([sent().map(({ isForgotten }) => isForgotten), server.inFlight]).toEqual([[true, false], 2]);
    await pass(250);
    expect([server.inFlight, server.lost]).toEqual([2, 0]);
  });

  it('end with the resolver', async () => {
    const { heartbeats, send, clock, settledOne, pass } = silentServers();
    send();
    heartbeats.close();
    expect(clock.pending()).toBe(0);
    await pass(1000);
    expect(settledOne()).toBe(0);
  });
});
