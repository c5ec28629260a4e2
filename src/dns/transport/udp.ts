import { describeNetworkError, isExhaustion } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { createInFlightQueries } from './connection/in-flight-queries.js';
import { lazily } from './connection/lazily.js';
import type { ConnectedDatagramSocket } from './sockets.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Failed, Query, Transport, TransportContext } from './transport.js';

/**
 * The number of sockets for each server. With several, a forger has to guess which port a query was sent from as well
 * as its id (RFC 5452 section 9.2), and ids do not run out.
 */
export const socketsPerServer = 4;
/**
 * The number of consecutive queries that share a socket. Opening one takes time, so a few names do not open them all.
 */
export const queriesInARow = 16;
/**
 * A socket is replaced after this many overdue replies without any message, since it keeps its address if the machine's
 * address changes.
 */
const maximumOverdue = 16;
/** The most replaced sockets that are kept open for late replies. */
const maximumReplaced = 4;

/** One of the sockets to a server. */
interface UdpSocket<Q extends Query> {
  ask(query: Q): void;
  suspect(query: Q): void;
  forget(query: Q): void;
  /** Whether it may not work any more. */
  isStale(): boolean;
  close(): void;
}

/**
 * Opens a transport over UDP (RFC 1035 section 4.2.1).
 *
 * @param tcp takes the queries that need a stream; by default, a connection of its own.
 */
export function openUdp<Q extends Query>(
  endpoint: Endpoint,
  context: TransportContext<Q>,
  tcp: Transport<Q> = lazily(() => openTcp(overTcp(endpoint), context)),
): Transport<Q> {
  const sockets: (UdpSocket<Q> | undefined)[] = [];
  const replaced: UdpSocket<Q>[] = [];
  let asked = 0;
  /** The number of sockets in use; fewer if the system cannot open all of them. */
  let count = socketsPerServer;

  const open = (index: number): UdpSocket<Q> => {
    const socket = openSocket(endpoint, context, (error) => {
      if (sockets[index] !== socket) return;
      delete sockets[index];
      if (isExhaustion(error)) count = Math.max(index, 1);
    });
    sockets[index] = socket;
    return socket;
  };

  const replace = (index: number, socket: UdpSocket<Q>): UdpSocket<Q> => {
    replaced.push(socket);
    if (replaced.length > maximumReplaced) replaced.shift()?.close();
    return open(index);
  };

  return {
    kind: 'datagram',
    capacity: (needsStream) => (needsStream ? tcp.capacity(true) : Number.POSITIVE_INFINITY),
    ask(query) {
      if (query.needsStream) return tcp.ask(query);
      const index = Math.floor(asked++ / queriesInARow) % count;
      const socket = sockets[index] ?? open(index);
      (socket.isStale() ? replace(index, socket) : socket).ask(query);
    },
    suspect(query, sentAt) {
      if (query.needsStream) return tcp.suspect(query, sentAt);
      for (const socket of sockets) socket?.suspect(query);
      return undefined;
    },
    forget(query) {
      if (query.needsStream) return tcp.forget(query);
      for (const socket of sockets) socket?.forget(query);
      for (const socket of replaced) socket.forget(query);
    },
    close() {
      for (const socket of [...sockets, ...replaced]) socket?.close();
      tcp.close();
    },
  };
}

/**
 * Opens one of the sockets to a server.
 *
 * @param broken called when the socket cannot be used any longer; its queries then fail.
 */
function openSocket<Q extends Query>(
  endpoint: Endpoint,
  { platform: { clock, random, sockets }, settled }: TransportContext<Q>,
  broken: (error: Error) => void,
): UdpSocket<Q> {
  const { url, address, port } = endpoint;
  const inFlight = createInFlightQueries(url, settled, random, false);
  let overdue = 0;
  let received: Uint8Array[] = [];

  const failureOf = (error: Error): Failed => ({
    failure: describeNetworkError(error, endpoint),
    server: url,
  });
  const failAll = (error: Error) => {
    for (const query of inFlight.forgetAll()) settled(query, failureOf(error));
  };

  // Handling the messages of a turn together takes 8 % less time than one by one.
  const handleReceived = () => {
    const messages = received;
    received = [];
    overdue = 0;
    for (const message of messages) inFlight.receive(message);
  };

  const failed = (error: NodeJS.ErrnoException, wasConnected = true) => {
    // If nothing is listening, the socket itself still works.
    if (!wasConnected || error.code !== 'ECONNREFUSED') {
      broken(error);
      socket.close();
    }
    // The system may report the error of an earlier query when a later one is sent, so an error fails all of them.
    failAll(error);
  };

  const socket: ConnectedDatagramSocket = sockets.connectDatagram(address, port, {
    message(message) {
      if (received.push(message) === 1) clock.endOfTurn(handleReceived);
    },
    failed,
  });

  return {
    ask(query) {
      inFlight.add(query);
      socket.send(encodeQuery(query.id, query.question), (error) => {
        // The system had no room for this query; the others are not affected.
        if (!isExhaustion(error)) failed(error);
        else if (inFlight.forget(query)) settled(query, failureOf(error));
      });
    },
    suspect(query) {
      if (inFlight.has(query)) overdue++;
    },
    forget: (query) => void inFlight.forget(query),
    isStale: () => overdue >= maximumOverdue,
    close() {
      inFlight.forgetAll();
      socket.close();
    },
  };
}
