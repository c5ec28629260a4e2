import { expect } from 'vitest';
import { type ProbeResult, probe } from '../../src/index.js';
import * as act from '../helpers/name-server.js';
import { one, serve } from '../network/asking.js';

/** All results, in the order in which they come. */
export async function collect(results: AsyncIterable<ProbeResult>): Promise<ProbeResult[]> {
  const collected: ProbeResult[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

/** Names without end, and what became of them. */
export function endless() {
  const source = {
    pulled: 0,
    returned: false,
    *names() {
      try {
        for (;;) yield `x${++source.pulled}.dev`;
      } finally {
        source.returned = true;
      }
    },
  };
  return source;
}

/** A server that leaves every tenth name without a reply, and loses the first tries for `marker.dev`. */
export const withSilences = () =>
  serve(({ name }) => {
    if (name === 'marker.dev') return act.lose(3, one);
    return name.endsWith('0.dev') ? act.silent : one;
  });

/** Returns once whatever was sent to the server has come in, and any next try of it would have, too. */
export async function outlastOneTry({ address }: act.NameServer): Promise<void> {
  const { status } = await probe('marker.dev', { servers: [address], timeout: 0.1 });
  expect(status).toBe('live');
}

/** How many queries came, beside those of `outlastOneTry`. */
export const queriesOf = ({ queries }: act.NameServer) =>
  queries.filter(({ name }) => name !== 'marker.dev').length;

/** Waits until the server has read what was sent to it so far. */
export async function allArrived({ address }: act.NameServer): Promise<void> {
  await probe('arrived.dev', { servers: [address] });
}
