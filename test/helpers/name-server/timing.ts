import { createHash } from 'node:crypto';
import { closedGate } from '../gate.js';
import { type Action, perform, type Script } from './action.js';
import type { Query } from './query.js';
import { reply, silent } from './replies.js';

/** The first script for the first query with a name and type, the second for the second; the last one stays. */
export function inTurn(first: Script, ...others: readonly Script[]): Action {
  const scripts = [first, ...others];
  return (query, client) => perform(scripts[query.attempt - 1] ?? scripts.at(-1) ?? silent, query, client);
}

/** Loses the first `count` queries with a name and type. */
export function lose(count: number, script: Script): Action {
  return (query, client) => {
    if (query.attempt > count) perform(script, query, client);
  };
}

/** A number from 0 up to 1 that the seed, name, type and attempt decide, whatever order queries arrive in. */
function draw(seed: number, { name, type, attempt }: Query): number {
  const digest = createHash('sha256').update(`${seed} ${name} ${type} ${attempt}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** Does another script for about that fraction of the queries (0 to 1), the same ones for the same seed. */
export function spoilSome(fraction: number, seed: number, spoilt: Script, script: Script): Action {
  return (query, client) => perform(draw(seed, query) < fraction ? spoilt : script, query, client);
}

/** Loses about that fraction of the queries (0 to 1), the same ones for the same seed. */
export function loseSome(fraction: number, seed: number, script: Script): Action {
  return spoilSome(fraction, seed, silent, script);
}

/** Does the script so many milliseconds later; where only the order matters, a gate needs no clock. */
export function delayed(milliseconds: number, script: Script): Action {
  return (query, client) => {
    setTimeout(perform, milliseconds, script, query, client).unref();
  };
}

/** Holds queries until the test lets them go. */
export interface Gate {
  /** An action that waits at this gate before it does the script. */
  hold(script: Script): Action;
  /** Lets queries for this name, or for all names, go in order of arrival; later ones do not wait. */
  release(name?: string): void;
}

/** A closed gate. */
export function gate(): Gate {
  const { pass, release } = closedGate();
  return {
    hold: (script) => (query, client) => pass(query.name, () => perform(script, query, client)),
    release,
  };
}

/** One script for datagrams and one for connections. */
export function byTransport(scripts: { readonly udp: Script; readonly tcp: Script }): Action {
  return (query, client) => perform(scripts[query.transport === 'udp' ? 'udp' : 'tcp'], query, client);
}

const formatError = reply({ rcode: 'FORMERR', edns: false });

/** Answers an OPT record with FORMERR, as servers older than EDNS do (RFC 6891 section 7). */
export function ednsIntolerant(script: Script): Action {
  return (query, client) => perform(query.payloadSize === undefined ? script : formatError, query, client);
}
