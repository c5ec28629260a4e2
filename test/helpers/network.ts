import { marks, type ProbeResult } from '../../src/probe/result.js';
import { blogdom, sortedLines, urlOf } from './command.js';
import { type Action, perform, type Script } from './name-server/action.js';
import { record } from './name-server/reply.js';
import {
  answer,
  type Behaviour,
  deny,
  fromZone,
  type NameServer,
  reply,
  silent,
  type Zone,
} from './name-server.js';

/** Two suffixes, and names that are delegated under them: one with an address, one without. */
export const zone: Zone = {
  dev: {},
  'live.dev': { A: ['192.0.2.1'], NS: ['ns.live.dev'] },
  'taken.dev': { NS: ['ns.taken.dev'] },
  example: {},
  'live.example': { A: ['192.0.2.2'], NS: ['ns.live.example'] },
};

/** A made-up answer: an address for A; for other types no record, with the SOA of the top-level domain. */
export const madeUp: Action = answer('192.0.2.66');

/** Answers with an NS record for whatever name is asked for. */
export const nameServers: Action = (query, client) =>
  reply({ answers: [record('NS', query.name, `ns.${query.name}`)] })(query, client);

/** Runs one script for queries of a type, another for all other queries. */
export const forType =
  (type: string, script: Script, otherwise: Script): Action =>
  (query, client) =>
    perform(query.type === type ? script : otherwise, query, client);

/** Whether a name is the suffix or below it. */
const isUnder = (name: string, suffix: string) => name === suffix || name.endsWith(`.${suffix}`);

/** Answers truthfully for the names of the zone, and with `made` for every other name under the suffix. */
export function wildcard(suffix: string, made: Script = madeUp, truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return ({ name }) => (name in truth || name === '.' || !isUnder(name, suffix) ? known : made);
}

/** Answers truthfully, but makes up an address for every name that does not exist, as some resolvers do. */
export function lying(truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return ({ name, type }) => (name in truth || name === '.' || type !== 'A' ? known : madeUp);
}

/** Denies the suffix and every name below it. */
export const denying =
  (suffix: string, behaviour: Behaviour): Behaviour =>
  (query) =>
    isUnder(query.name, suffix) ? deny : behaviour(query);

/** Runs the script for the names that match. */
export const except =
  (matches: (name: string) => boolean, script: Script, behaviour: Behaviour): Behaviour =>
  (query) =>
    matches(query.name) ? script : behaviour(query);

/** Behaves in one way up to a number of queries, then in another way up to a number, and so on. */
export function changing(...phases: readonly (readonly [number, Behaviour])[]): Behaviour {
  let queries = 0;
  return (query) => {
    queries++;
    const [, behaviour] = phases.find(([last]) => queries <= last) ?? [0, () => silent];
    return behaviour(query);
  };
}

/** Answers truthfully. */
export function truthful(truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return () => known;
}

/** The text of a JSON result: the mark, the name and the whole reason. */
function textOf(line: string): string {
  const { status, name, reason } = JSON.parse(line) as ProbeResult;
  return `${marks[status]} ${name}${reason ? `  ${reason}` : ''}`;
}

/** Runs blogdom; in its output, the URLs of the servers are replaced by FIRST, SECOND and THIRD. */
export async function ask(servers: readonly NameServer[], ...args: readonly string[]) {
  const list = servers.map(({ address }) => address).join(',');
  const { stdout, stderr, status } = await blogdom(['-s', list, '-o', 'json', ...args]);
  const plain = (text: string) =>
    servers.reduce(
      (rest, server, index) => rest.replaceAll(urlOf(server), ['FIRST', 'SECOND', 'THIRD'][index] ?? ''),
      text,
    );
  return {
    lines: stdout === '' ? [] : sortedLines(plain(stdout)).map(textOf).toSorted(),
    notes: plain(stderr).split('\n').slice(0, -1),
    status,
  };
}
