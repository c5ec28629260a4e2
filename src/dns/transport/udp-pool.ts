import { canonicalIPv6, isIPv6 } from '../../util/ip-address.js';
import { describeNetworkError } from '../../util/network-failure.js';
import { createConnectionLimit } from './connection/connection-limit.js';
import { createForgeryGuard } from './connection/forgery-guard.js';
import { createInFlightQueries } from './connection/in-flight-queries.js';
import type { Platform } from './platform.js';
import { createSharedSockets, type SharedSocketEvents, type SharedSockets } from './shared-sockets.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Failed, OpenTransport, Query, Transport, TransportContext } from './transport.js';
import { openUdp, queriesInARow, socketsPerServer } from './udp.js';

/** The most TCP connections at once, for replies that do not fit into a datagram. */
const maximumConnections = 32;

/** One transport to a server, as the shared sockets see it. */
interface Peer {
  /** Receives a message from one of the sockets, given by its number. */
  receive(socket: number, message: Uint8Array): void;
  /** Fails all queries that were sent on a socket. */
  fail(socket: number, error: Error): void;
  /** Forgets all queries that were sent on a socket. */
  forget(socket: number): void;
}

/**
 * Creates a way to ask many servers over UDP through a few sockets, so that their number is not bounded by the limit on
 * open files. The sockets are opened at the first query, and closed with the last transport.
 */
export function createUdpPool(platform: Platform): OpenTransport {
  const peers = new Map<string, Peer>();
  const limited = createConnectionLimit(maximumConnections);
  let opened = 0;
  let socketCount = 0;
  const nextNumber = () => socketCount++;
  const toPeers: SharedSocketEvents = {
    received: (socket, message, address, port) => peers.get(keyOf(address, port))?.receive(socket, message),
    failed: (socket, error) => {
      for (const peer of peers.values()) peer.fail(socket, error);
    },
    closed: (socket) => {
      for (const peer of peers.values()) peer.forget(socket);
    },
  };
  const sockets = {
    udp4: createSharedSockets('udp4', toPeers, platform, nextNumber),
    udp6: createSharedSockets('udp6', toPeers, platform, nextNumber),
  };

  return (endpoint, context) => {
    const key = keyOf(endpoint.address, endpoint.port);
    // A message is assigned to its server by the address and port it comes from, so a second transport to a server
    // needs its own sockets.
    if (peers.has(key)) return openUdp(endpoint, context);
    const family = sockets[isIPv6(endpoint.address) ? 'udp6' : 'udp4'];
    const { peer, ...transport } = openPeer(endpoint, context, family, socketsPerServer * opened++);
    peers.set(key, peer);
    return {
      ...transport,
      close() {
        transport.close();
        peers.delete(key);
        if (peers.size > 0) return;
        sockets.udp4.close();
        sockets.udp6.close();
      },
    };
  };

  function openPeer<Q extends Query>(
    endpoint: Endpoint,
    context: TransportContext<Q>,
    family: SharedSockets,
    firstIndex: number,
  ): Transport<Q> & { readonly peer: Peer } {
    const { settled } = context;
    const tcp = limited(context, (own) => openTcp(overTcp(endpoint), own));
    const guard = createForgeryGuard<Q>(endpoint.url, platform.random);
    const inFlight = createInFlightQueries(endpoint.url, settled, platform.random, false, guard);
    let asked = 0;

    const failureOf = (error: Error): Failed => ({
      failure: describeNetworkError(error, endpoint),
      server: endpoint.url,
    });
    return {
      kind: 'datagram',
      capacity: (needsStream) => (needsStream ? tcp.capacity(true) : Number.POSITIVE_INFINITY),
      ask(query) {
        if (query.needsStream) return tcp.ask(query);
        const turn = Math.floor(asked++ / queriesInARow) % socketsPerServer;
        const socket = family.next(firstIndex + turn);
        query.socket = socket.number;
        inFlight.add(query);
        socket.send(guard.encode(query), endpoint, (error) => {
          if (inFlight.forget(query)) settled(query, failureOf(error));
        });
      },
      suspect: (query, sentAt) => (query.needsStream ? tcp.suspect(query, sentAt) : undefined),
      forget(query) {
        if (query.needsStream) return tcp.forget(query);
        inFlight.forget(query);
      },
      close() {
        inFlight.forgetAll();
        tcp.close();
      },
      peer: {
        receive: (socket, message) => void inFlight.receive(message, socket),
        fail(socket, error) {
          for (const query of inFlight.forgetSocket(socket)) settled(query, failureOf(error));
        },
        forget: (socket) => void inFlight.forgetSocket(socket),
      },
    };
  }
}

/** The key of a server: the address and port that its messages come from. */
const keyOf = (address: string, port: number): string =>
  `${isIPv6(address) ? canonicalIPv6(address) : address} ${port}`;
