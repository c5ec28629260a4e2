import { describe, expect, it } from 'vitest';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { openUdp } from '../../../../src/dns/transport/udp.js';
import { systemError } from '../../../helpers/fake-sockets.js';
import { createContext, emptyReplyTo, queryFor } from '../played.js';

const endpoint = { url: 'udp://192.0.2.1:53', address: '192.0.2.1', port: 53 };
/** Sockets take their turns, 16 queries each. */
const allSockets = 64;

function start() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const transport = openUdp(endpoint, context);
  const ask = (count: number): Query[] =>
    Array.from({ length: count }, (_, index) => {
      const query = queryFor(`x${index + 1}.dev`);
      transport.ask(query);
      return query;
    });
  const suspect = (queries: readonly Query[]) => {
    for (const query of queries) transport.suspect(query, 0);
  };
  /** Answers the query that was sent on a socket at a place. */
  const answer = (index: number, place: number) => {
    const { events, sent } = sockets.connected[index] ?? expect.unreachable('no such socket');
    events.message(emptyReplyTo(sent[place]?.message ?? expect.unreachable('no such query')));
    clock.endTurn();
  };
  const open = () => sockets.connected.flatMap(({ isClosed }, index) => (isClosed ? [] : [index]));
  return { ...context, sockets, transport, ask, suspect, answer, open };
}

describe('a UDP socket on which 16 replies are overdue', () => {
  it('is replaced for the next query, and kept for late replies', () => {
    const { sockets, ask, suspect, answer, said } = start();
    const [first, ...others] = ask(allSockets);
    suspect([first ?? expect.unreachable(), ...others.slice(0, 15)]);
    ask(1);
    expect(sockets.connected).toHaveLength(5);
    expect(sockets.connected[4]?.sent).toHaveLength(1);
    answer(0, 3);
    expect(said()).toEqual(['x4.dev: NOERROR']);
  });

  it('leaves the one in its place alone if it fails', () => {
    const { sockets, ask, suspect } = start();
    suspect(ask(allSockets).slice(0, 16));
    ask(1);
    sockets.connected[0]?.events.failed(systemError('ENETDOWN'), true);
    ask(1);
    expect(sockets.connected[4]?.sent).toHaveLength(2);
    expect(sockets.connected).toHaveLength(5);
  });

  it('is used on if only 15 are overdue', () => {
    const { sockets, ask, suspect } = start();
    suspect(ask(allSockets).slice(0, 15));
    ask(1);
    expect(sockets.connected).toHaveLength(4);
  });

  it('is used on if a message has come in between', () => {
    const { sockets, ask, suspect, answer } = start();
    const asked = ask(allSockets);
    suspect(asked.slice(0, 15));
    answer(0, 0);
    suspect(asked.slice(15, 16));
    ask(1);
    expect(sockets.connected).toHaveLength(4);
  });

  it('is used on if those were queries on other sockets', () => {
    const { sockets, ask, suspect } = start();
    suspect(ask(allSockets).slice(16));
    ask(1);
    expect(sockets.connected).toHaveLength(4);
  });

  it('gives up its queries with the fifth one that is replaced after it', () => {
    const { ask, suspect, open, transport, outcomes } = start();
    for (let turn = 0; turn < 8; turn++) suspect(ask(16));
    expect(open()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    ask(16);
    expect(open()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    transport.close();
    expect(open()).toEqual([]);
    expect(outcomes).toEqual([]);
  });

  it('reports nothing about a query that has been forgotten', () => {
    const { transport, ask, suspect, answer, said } = start();
    const asked = ask(allSockets);
    suspect(asked.slice(0, 16));
    ask(1);
    transport.forget(asked[0] ?? expect.unreachable());
    answer(0, 0);
    expect(said()).toEqual([]);
  });
});
