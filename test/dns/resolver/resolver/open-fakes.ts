import type { ServerPolicy } from '../../../../src/dns/resolver/question.js';
import { type Answer, openResolver } from '../../../../src/dns/resolver/resolver.js';
import { openFakeRun, serverAt } from '../fakes.js';

/** What became of a question. */
export interface Asked {
  answer?: Answer;
}

interface FakesOptions {
  /** 7 by default. */
  readonly tries?: number;
  /** 3000 ms by default. */
  readonly timeout?: number;
  readonly rate?: number;
}

/** Opens a resolver that asks this many servers, which the test plays in virtual time. */
export function openFakes(count: number, { tries = 7, timeout, rate }: FakesOptions = {}) {
  const fakes = openFakeRun({ timeout, rate });
  const { run, received } = fakes;
  const messages: string[] = [];
  let drained = 0;
  let freed = 0;
  const resolver = openResolver({
    upstreams: run,
    servers: Array.from({ length: count }, (_, index) => serverAt(index + 1)),
    tries,
    drained: () => void drained++,
    capacityFreed: () => void freed++,
    log: (message) => messages.push(message),
  });

  /** Asks for a name. */
  const ask = (name = 'x.dev', policy?: ServerPolicy): Asked => {
    const asked: Asked = {};
    void resolver.ask({ name, type: 'A' }, policy).then((answer) => {
      asked.answer = answer;
    });
    return asked;
  };

  return {
    ...fakes,
    resolver,
    messages,
    drained: () => drained,
    /** How often it was said that there may be room for another question. */
    freed: () => freed,
    ask,
    /** Asks for this many names. */
    askAll: (number: number, policy?: ServerPolicy) =>
      Array.from({ length: number }, (_, index) => ask(`x${index + 1}.dev`, policy)),
    /** The URLs of the servers that got a query for a name, in order. */
    urls: () => received.filter(({ name }) => name !== '').map(({ url }) => url),
    /** The times of the queries for a name, in milliseconds. */
    times: () => received.filter(({ name }) => name !== '').map(({ time }) => time),
  };
}
