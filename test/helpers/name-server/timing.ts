import { createHash } from 'node:crypto';
import { createGate } from '../gate.js';
import { type Action, perform, type Script } from './action.js';
import type { Query } from './query.js';
import { silent } from './replies.js';

/**
 * Performs the first script for the first query with a name and type, the second for the second, and the last one for all
 * later ones.
 */
export function inTurn(first: Script, ...others: readonly Script[]): Action {
  const scripts = [first, ...others];
  return (query, client) => perform(scripts[query.attempt - 1] ?? scripts.at(-1) ?? silent, query, client);
}

/** Ignores the first `count` queries with a name and type. */
export function lose(count: number, script: Script): Action {
  return (query, client) => {
    if (query.attempt > count) perform(script, query, client);
  };
}

/** A number from 0 to below 1 that depends only on the seed, name, type and attempt, not on the order of arrival. */
function draw(seed: number, { name, type, attempt }: Query): number {
  const digest = createHash('sha256').update(`${seed} ${name} ${type} ${attempt}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** Performs `spoilt` for about the given fraction (0 to 1) of the queries, which depend only on the seed. */
export function spoilSome(fraction: number, seed: number, spoilt: Script, script: Script): Action {
  return (query, client) => perform(draw(seed, query) < fraction ? spoilt : script, query, client);
}

/** Ignores about the given fraction (0 to 1) of the queries, which depend only on the seed. */
export function loseSome(fraction: number, seed: number, script: Script): Action {
  return spoilSome(fraction, seed, silent, script);
}

/** Holds queries until the test releases them. */
export interface Gate {
  /** Performs the script as soon as the gate is open for the query's name. */
  hold(script: Script): Action;
  /** Opens the gate for one name, or for all names. Queries that wait are released in order of arrival. */
  release(name?: string): void;
}

/** Creates a gate that is closed for all names. */
export function gate(): Gate {
  const { pass, release } = createGate();
  return {
    hold: (script) => (query, client) => pass(query.name, () => perform(script, query, client)),
    release,
  };
}

/** Performs one script for queries in datagrams and another for queries on connections. */
export function byTransport(scripts: { readonly udp: Script; readonly tcp: Script }): Action {
  return (query, client) => perform(scripts[query.transport === 'udp' ? 'udp' : 'tcp'], query, client);
}
