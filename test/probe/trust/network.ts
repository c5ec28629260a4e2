import { blogdom, sortedLines, urlOf } from '../../helpers/command.js';
import { type Action, perform, type Script } from '../../helpers/name-server/action.js';
import { record } from '../../helpers/name-server/reply.js';
import {
  answer,
  type Behaviour,
  deny,
  fromZone,
  type NameServer,
  reply,
  type Zone,
} from '../../helpers/name-server.js';

/** Two suffixes, and names that their registries have delegated: one with an address, one without. */
export const zone: Zone = {
  dev: {},
  'live.dev': { A: ['192.0.2.1'], NS: ['ns.live.dev'] },
  'taken.dev': { NS: ['ns.taken.dev'] },
  example: {},
  'live.example': { A: ['192.0.2.2'], NS: ['ns.live.example'] },
};

/** What these servers say of a name that nobody has; of all types but A, that there is no record, with the suffix's SOA. */
export const madeUp: Action = answer('192.0.2.66');

/** The name servers of whatever name they are asked for. */
export const nameServers: Action = (query, client) =>
  reply({ answers: [record('NS', query.name, `ns.${query.name}`)] })(query, client);

/** One script for queries of a type, another for those of all others. */
export const forType =
  (type: string, script: Script, otherwise: Script): Action =>
  (query, client) =>
    perform(query.type === type ? script : otherwise, query, client);

/** Whether a name is the suffix or under it; the root is above all. */
const isUnder = (name: string, suffix: string) => name === suffix || name.endsWith(`.${suffix}`);

/** A suffix under which the server answers for any name; what is in the zone it answers for truly. */
export function wildcard(suffix: string, made: Script = madeUp, truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return ({ name }) => (name in truth || name === '.' || !isUnder(name, suffix) ? known : made);
}

/** A resolver that makes up an address for each name that it does not find, and leaves other types alone. */
export function lying(truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return ({ name, type }) => (name in truth || name === '.' || type !== 'A' ? known : madeUp);
}

/** Denies a suffix and all that is under it. */
export const denying =
  (suffix: string, behaviour: Behaviour): Behaviour =>
  (query) =>
    isUnder(query.name, suffix) ? deny : behaviour(query);

/** Does something else about the queries for some names. */
export const except =
  (matches: (name: string) => boolean, script: Script, behaviour: Behaviour): Behaviour =>
  (query) =>
    matches(query.name) ? script : behaviour(query);

/** Answers truly. */
export function honest(truth: Zone = zone): Behaviour {
  const known = fromZone(truth);
  return () => known;
}

/** Whether a name is a random one, which no test asks for itself. */
export const isRandom = (name: string) => /^[a-z0-9]{16,63}\./.test(name);

/** What a run printed, the URLs of its servers written as `FIRST` and `SECOND`. */
export async function ask(servers: readonly NameServer[], ...args: readonly string[]) {
  const list = servers.map(({ address }) => address).join(',');
  const { stdout, stderr, status } = await blogdom(['-s', list, ...args]);
  const plain = (text: string) =>
    servers.reduce(
      (rest, server, index) => rest.replaceAll(urlOf(server), ['FIRST', 'SECOND', 'THIRD'][index] ?? ''),
      text,
    );
  return {
    lines: stdout === '' ? [] : sortedLines(plain(stdout)),
    notes: plain(stderr).split('\n').slice(0, -1),
    status,
  };
}
