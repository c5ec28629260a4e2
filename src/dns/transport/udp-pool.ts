import { canonicalIPv6, isIPv6 } from '../../util/ip-address.js';
import { describeNetworkError } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { createConnectionLimit } from './connection/connection-limit.js';
import { createInFlightQueries, type InFlightQueries } from './connection/in-flight-queries.js';
import type { Platform } from './platform.js';
import type { DatagramSocket, Family } from './sockets.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Failed, OpenTransport, Query, Transport, TransportContext } from './transport.js';
import { openUdp, queriesInARow, socketsPerServer } from './udp.js';

/**
 * The number of sockets for each family of addresses. Replies that come while the process is busy wait in the buffers
 * of the sockets, which the system keeps small: with 4 sockets, a fifth of 100,000 queries to 1,000 servers was lost.
 */
const socketCount = 64;
/** The most TCP connections at once, for replies that do not fit into a datagram. */
const maximumConnections = 32;

/** One transport to a server, as the shared sockets see it. */
interface Peer {
  /** Receives a message from one of the sockets, given by its index. */
  receive(index: number, message: Uint8Array): void;
  /** Fails all queries that were sent on a socket. */
  fail(index: number, error: Error): void;
}

/** Sockets that many servers share, of one family of addresses. */
interface SharedSockets {
  send(index: number, message: Uint8Array, endpoint: Endpoint, failed: (error: Error) => void): void;
  close(): void;
}

/**
 * Creates a way to ask many servers over UDP through a few sockets, so that their number is not bounded by the limit on
 * open files. The sockets are opened at the first query, and closed with the last transport.
 */
export function createUdpPool(platform: Platform): OpenTransport {
  const peers = new Map<string, Peer>();
  const limited = createConnectionLimit(maximumConnections);
  let opened = 0;
  const sockets = {
    udp4: createSharedSockets('udp4', peers, platform),
    udp6: createSharedSockets('udp6', peers, platform),
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
    const inFlight: (InFlightQueries<Q> | undefined)[] = [];
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
        const index = (firstIndex + turn) % socketCount;
        inFlight[index] ??= createInFlightQueries(endpoint.url, settled, platform.random, false);
        const queries = inFlight[index];
        queries.add(query);
        family.send(index, encodeQuery(query.id, query.question), endpoint, (error) => {
          if (queries.forget(query)) settled(query, failureOf(error));
        });
      },
      suspect: (query, sentAt) => (query.needsStream ? tcp.suspect(query, sentAt) : undefined),
      forget(query) {
        if (query.needsStream) return tcp.forget(query);
        for (const queries of inFlight) queries?.forget(query);
      },
      close() {
        for (const queries of inFlight) queries?.forgetAll();
        tcp.close();
      },
      peer: {
        receive: (index, message) => void inFlight[index]?.receive(message),
        fail(index, error) {
          for (const query of inFlight[index]?.forgetAll() ?? []) settled(query, failureOf(error));
        },
      },
    };
  }
}

/** The key of a server: the address and port that its messages come from. */
const keyOf = (address: string, port: number): string =>
  `${isIPv6(address) ? canonicalIPv6(address) : address} ${port}`;

function createSharedSockets(
  family: Family,
  peers: ReadonlyMap<string, Peer>,
  platform: Platform,
): SharedSockets {
  const sockets: (DatagramSocket | undefined)[] = [];

  const open = (index: number): DatagramSocket => {
    const socket = platform.sockets.openDatagram(family, {
      message: (message, address, port) => peers.get(keyOf(address, port))?.receive(index, message),
      failed(error) {
        if (sockets[index] === socket) delete sockets[index];
        socket.close();
        for (const peer of peers.values()) peer.fail(index, error);
      },
    });
    sockets[index] = socket;
    return socket;
  };

  return {
    send(index, message, { address, port }, failed) {
      (sockets[index] ?? open(index)).send(message, port, address, failed);
    },
    close() {
      for (const socket of sockets.splice(0)) socket?.close();
    },
  };
}
