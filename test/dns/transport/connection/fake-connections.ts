import type {
  Connect,
  Connection,
  ConnectionEvents,
} from '../../../../src/dns/transport/connection/connection.js';
import type { Ending } from '../../../../src/dns/transport/connection/ending.js';
import { openReconnecting } from '../../../../src/dns/transport/connection/reconnecting.js';
import type { Outcome, Query, Transport } from '../../../../src/dns/transport/transport.js';
import { createContext, queryFor, type TestContext } from '../played.js';

const endpoint = { url: 'tcp://192.0.2.1:53', address: '192.0.2.1', port: 53 };
const server = endpoint.url;

/** A reply without records. */
const reply: Outcome = { reply: { rcode: 'NOERROR', truncated: false, addresses: [] }, server };
/** A stream of HTTP/2 was refused. */
export const refused: Outcome = { failure: 'stream refused', server, hasReplied: true, isUnprocessed: true };
/** The server replied with something that cannot be used. */
export const unusable: Outcome = { failure: 'unreadable reply', server, hasReplied: true };

export const broken: Ending = { failure: 'connection reset', kind: 'broken' };
export const unavailable: Ending = { failure: 'nothing is listening', kind: 'unavailable' };
export const protocol: Ending = { failure: 'no TLS', kind: 'protocol' };
export const certificate: Ending = { failure: 'expired certificate', kind: 'certificate' };

/** A connection, with the means to let something happen on it. */
export interface FakeConnection {
  readonly events: ConnectionEvents<Query>;
  /** The names that have been sent, those of one turn together. */
  readonly sent: readonly string[][];
  /** How many queries may be in flight. */
  capacity: number;
  readonly isDestroyed: boolean;
  /** The names of the queries in flight. */
  inFlight(): string[];
  /** Settles the query for a name. */
  settle(name: string, outcome?: Outcome): void;
  end(ending?: Ending): void;
}

/** A reconnecting transport, and the connections that it has opened. */
export interface Reconnecting {
  readonly context: TestContext;
  readonly transport: Transport<Query>;
  readonly connections: readonly FakeConnection[];
  /** What has been sent on each connection. */
  sent(): readonly (readonly string[])[];
  /** The connections that have not been destroyed, by their place. */
  open(): number[];
  /** Asks for names in one turn, and lets it end. */
  ask(...names: readonly string[]): Query[];
  /** Says that the replies to queries that were sent at a time are overdue, and lets the turn end. */
  suspect(queries: readonly Query[], sentAt?: number): void;
  /** The connection at a place. */
  at(index: number): FakeConnection;
}

/** Opens a reconnecting transport over connections that do nothing by themselves. */
export function openFake(connect: (connection: FakeConnection) => void = () => {}): Reconnecting {
  const context = createContext();
  const { clock } = context.platform;
  const connections: FakeConnection[] = [];

  const openConnection: Connect<Query> = (events) => {
    const inFlight = new Map<string, Query>();
    const sent: string[][] = [];
    const connection: FakeConnection & { isDestroyed: boolean } = {
      events,
      sent,
      capacity: 100,
      isDestroyed: false,
      inFlight: () => [...inFlight.keys()],
      settle(name, outcome = reply) {
        const query = inFlight.get(name);
        if (query === undefined) throw new Error(`Expected a query for ${name} in flight`);
        inFlight.delete(name);
        events.settled(query, outcome);
        clock.endTurn();
      },
      end(ending = broken) {
        events.ended(ending);
        clock.endTurn();
      },
    };
    connect(connection);
    connections.push(connection);
    const has = (query: Query) => inFlight.get(query.question.name) === query;
    return {
      capacity: () => connection.capacity - inFlight.size,
      send(queries) {
        sent.push(queries.map(({ question }) => question.name));
        for (const query of queries) inFlight.set(query.question.name, query);
      },
      has,
      forget: (query) => has(query) && inFlight.delete(query.question.name),
      forgetAll() {
        const all = [...inFlight.values()];
        inFlight.clear();
        return all;
      },
      count: () => inFlight.size,
      destroy() {
        connection.isDestroyed = true;
      },
    } satisfies Connection<Query>;
  };

  const transport = openReconnecting(endpoint, context, openConnection);
  return {
    context,
    transport,
    connections,
    sent: () => connections.map(({ sent }) => sent.map((names) => names.join(' '))),
    open: () => connections.flatMap(({ isDestroyed }, index) => (isDestroyed ? [] : [index])),
    ask(...names) {
      const queries = names.map((name) => queryFor(name));
      for (const query of queries) transport.ask(query);
      clock.endTurn();
      return queries;
    },
    suspect(queries, sentAt = 0) {
      for (const query of queries) transport.suspect(query, sentAt);
      clock.endTurn();
    },
    at(index) {
      const connection = connections[index];
      if (connection === undefined) throw new Error(`Expected at least ${index + 1} connections`);
      return connection;
    },
  };
}
