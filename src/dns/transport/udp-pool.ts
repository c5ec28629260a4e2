import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { canonicalIPv6, isIPv6 } from '../../util/ip-address.js';
import { describeNetworkError } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import { createInFlightQueries, type InFlightQueries } from './shared/in-flight-queries.js';
import { lazily } from './shared/lazily.js';
import { enlargeReceiveBuffer } from './shared/receive-buffer.js';
import { openTcp, overTcp } from './tcp.js';
import type { Endpoint, Failed, OnSettled, OpenTransport, Query, Transport } from './transport.js';

/**
 * The number of sockets for each family of addresses. Replies that come while the process is busy wait in the buffers of the
 * sockets, which the system keeps small: with 4 sockets, a fifth of 100,000 queries to 1,000 servers was lost.
 */
const socketCount = 64;
/**
 * The number of sockets for each server, and of consecutive queries to it that share one. With several, a forger has to
 * guess which port a query was sent from as well as its id (RFC 5452 section 9.2).
 */
const socketsPerServer = 4;
const queriesInARow = 16;

/** One transport to a server, as far as the sockets know it. */
interface Peer {
  /** Takes a message that has come on a socket, by the index of the socket. Returns false if it is not for this one. */
  receive(index: number, message: Uint8Array): boolean;
  /** Fails all queries that were sent on a socket. */
  fail(index: number, error: Error): void;
}

/** Sockets that many servers share, of one family of addresses. */
interface Sockets {
  send(index: number, message: Buffer, endpoint: Endpoint, failed: (error: Error) => void): void;
  close(): void;
}

/**
 * Creates a way to ask many servers over UDP through a few sockets, so that their number does not matter to the limit on
 * open files. The sockets are opened at the first query, and closed with the last transport.
 */
export function createUdpPool(): OpenTransport {
  /** The transports to each server: one that serves many zones has many. */
  const peers = new Map<string, Set<Peer>>();
  let opened = 0;
  const sockets = { udp4: openSockets('udp4', peers), udp6: openSockets('udp6', peers) };

  return (endpoint, timeout, settled) => {
    const key = keyOf(endpoint);
    const family = sockets[isIPv6(endpoint.address) ? 'udp6' : 'udp4'];
    const transport = openPeer(endpoint, timeout, settled, family, socketsPerServer * opened++);
    const known = peers.get(key) ?? new Set();
    peers.set(key, known.add(transport.peer));
    return {
      ...transport,
      close() {
        transport.close();
        known.delete(transport.peer);
        if (known.size === 0) peers.delete(key);
        if (peers.size > 0) return;
        sockets.udp4.close();
        sockets.udp6.close();
      },
    };
  };
}

/** The key of a server: the address and port that its messages come from. */
const keyOf = ({ address, port }: Pick<RemoteInfo, 'address' | 'port'>): string =>
  `${isIPv6(address) ? canonicalIPv6(address) : address} ${port}`;

function openPeer<Q extends Query>(
  endpoint: Endpoint,
  timeout: number,
  settled: OnSettled<Q>,
  sockets: Sockets,
  firstIndex: number,
): Transport<Q> & { readonly peer: Peer } {
  const tcp = lazily(() => openTcp(overTcp(endpoint), timeout, settled));
  const inFlight: (InFlightQueries<Q> | undefined)[] = [];
  let asked = 0;

  const failureOf = (error: Error): Failed => ({
    failure: describeNetworkError(error, endpoint),
    server: endpoint.url,
  });
  return {
    reliable: false,
    enforcesTimeout: false,
    ask(query) {
      query.reliable = false;
      const turn = Math.floor(asked++ / queriesInARow) % socketsPerServer;
      const index = (firstIndex + turn) % socketCount;
      inFlight[index] ??= createInFlightQueries(endpoint.url, settled, tcp.ask);
      const queries = inFlight[index];
      queries.add(query);
      sockets.send(index, encodeQuery(query.id, query.question), endpoint, (error) => {
        if (queries.forget(query)) settled(query, failureOf(error));
      });
    },
    forget(query) {
      for (const queries of inFlight) queries?.forget(query);
      tcp.forget(query);
    },
    close() {
      for (const queries of inFlight) queries?.forgetAll();
      tcp.close();
    },
    peer: {
      receive: (index, message) => inFlight[index]?.receive(message) ?? false,
      fail(index, error) {
        for (const query of inFlight[index]?.forgetAll() ?? []) settled(query, failureOf(error));
      },
    },
  };
}

function openSockets(type: 'udp4' | 'udp6', peers: ReadonlyMap<string, ReadonlySet<Peer>>): Sockets {
  const sockets: (Socket | undefined)[] = [];

  const open = (index: number): Socket => {
    // An address needs no look-up.
    const socket = createSocket({ type, lookup: (address, _options, done) => done(null, address, 0) });
    socket.on('listening', () => enlargeReceiveBuffer(socket));
    socket.on('message', ({ buffer, byteOffset, length }, from) => {
      const message = new Uint8Array(buffer, byteOffset, length);
      for (const peer of peers.get(keyOf(from)) ?? []) if (peer.receive(index, message)) return;
    });
    socket.on('error', (error) => {
      if (sockets[index] === socket) delete sockets[index];
      socket.close();
      for (const each of peers.values()) for (const peer of each) peer.fail(index, error);
    });
    sockets[index] = socket;
    return socket;
  };

  return {
    send(index, message, { address, port }, failed) {
      const socket = sockets[index] ?? open(index);
      socket.send(message, port, address, (error) => {
        if (error !== null) failed(error);
      });
    },
    close() {
      for (const socket of sockets.splice(0)) socket?.close();
    },
  };
}
