import { openAuto } from '../../../../src/dns/transport/choice/auto.js';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { createContext, emptyReplyTo, inFrames, messagesIn, queryFor } from '../played.js';

const endpoint = { url: 'udp://192.0.2.1:53', address: '192.0.2.1', port: 53 };

/** Opens a transport over UDP or TCP, and plays the server. */
export function startAuto() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const transport = openAuto(endpoint, context);

  const ask = (query: Query = queryFor('x.dev')) => {
    transport.ask(query);
    clock.endTurn();
    return query;
  };
  /** The messages that have been sent, and not been taken by this function. */
  const taken = new Map<object, number>();
  const untaken = <Item>(list: readonly Item[]) => {
    const from = taken.get(list) ?? 0;
    taken.set(list, list.length);
    return list.slice(from);
  };
  /** Answers all queries that have been sent. */
  const answer = (replyTo = emptyReplyTo) => {
    for (const { sent, events } of sockets.connected)
      for (const { message } of untaken(sent)) events.message(replyTo(message));
    for (const { written, events } of sockets.streams)
      for (const octets of untaken(written)) events.data(inFrames(...messagesIn(octets).map(replyTo)));
    clock.endTurn();
  };
  const askAndAnswer = (count: number) => {
    for (let index = 0; index < count; index++) {
      transport.ask(queryFor('x.dev'));
      clock.pass(1);
      if (index % 16 === 15 || index === count - 1) {
        clock.endTurn();
        answer();
      }
    }
  };
  return { ...context, clock, sockets, transport, ask, answer, askAndAnswer };
}

/** Replies after which the first step is over. */
export const firstStep = 1000;
