import { expect } from 'vitest';
import { type ProbeResult, probe } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { one, serve } from '../helpers/resolving.js';

/** All results, in the order in which they come. */
export async function collect(results: AsyncIterable<ProbeResult>): Promise<ProbeResult[]> {
  const collected: ProbeResult[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

/** Whether a name is a canary's: its first label is of random letters and digits, longer than any other here. */
export const isMadeUp = (name: string): boolean => /^[a-z\d]{16,}\./.test(name);

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
  serve(
    honest(({ name }) => {
      if (name === 'marker.dev') return act.lose(3, one);
      return name.endsWith('0.dev') ? act.silent : one;
    }),
  );

/** A server that answers for names, `refused.dev` without an answer, and for no canary. */
export const withSilentCanaries = () =>
  serve(({ name }) => {
    if (name === 'marker.dev') return act.lose(3, one);
    if (name === 'refused.dev') return act.refuse;
    return isMadeUp(name) || !name.includes('.') ? act.silent : one;
  });

/** Returns once whatever was sent to the server has come in, and any next try of it would have, too. */
export async function outlastOneTry({ address }: act.NameServer): Promise<void> {
  const { status } = await probe('marker.dev', { servers: [address], timeout: 0.1, canary: false });
  expect(status).toBe('live');
}

/** How many queries came, beside those of `outlastOneTry`. */
export const queriesOf = ({ queries }: act.NameServer) =>
  queries.filter(({ name }) => name !== 'marker.dev').length;

/** Waits until the server has read what was sent to it so far. */
export async function allArrived({ address }: act.NameServer): Promise<void> {
  await probe('arrived.dev', { servers: [address], canary: false });
}
