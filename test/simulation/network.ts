import type {
  ByteStream,
  ByteStreamEvents,
  ConnectedDatagramEvents,
  ConnectedDatagramSocket,
  DatagramEvents,
  DatagramSocket,
  Sockets,
} from '../../src/dns/transport/sockets.js';
import type { SeededRandom } from './random.js';
import type { SimulatedServer } from './server.js';
import type { VirtualClock } from './virtual-clock.js';

/** Sockets that lead to simulated servers. */
export interface Network extends Sockets {
  /** Sockets that have not been closed. */
  open(): number;
}

/** Milliseconds after which a stream sends a lost segment again. */
const retransmission = 200;
const portOfServers = 53;

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** Creates the network that leads to servers, by their addresses. */
export function createNetwork(
  servers: ReadonlyMap<string, SimulatedServer>,
  clock: VirtualClock,
  random: SeededRandom,
): Network {
  let open = 0;

  const serverAt = (address: string): SimulatedServer => {
    const server = servers.get(address);
    if (server === undefined) throw new Error(`Expected a server of the world, got ${address}`);
    return server;
  };

  const oneWay = ({ world: { line } }: SimulatedServer) => line.delay + random.between(0, line.jitter);

  /** Carries a datagram, which may be lost or come twice. */
  const carry = (server: SimulatedServer, deliver: () => void) => {
    const { loss, duplicates } = server.world.line;
    const copies = random.chance(duplicates) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (!random.chance(loss)) clock.setTimer(oneWay(server), deliver);
    }
  };

  const sendDatagram = (
    server: SimulatedServer,
    message: Uint8Array,
    received: (reply: Uint8Array) => void,
    refused: () => void,
  ) =>
    carry(server, () => {
      if (server.isAway()) return carry(server, refused);
      server.receive(message, false, (reply, delivered) =>
        carry(server, () => {
          delivered();
          received(reply);
        }),
      );
    });

  function connectDatagram(
    address: string,
    _port: number,
    { message: received, failed }: ConnectedDatagramEvents,
  ): ConnectedDatagramSocket {
    const server = serverAt(address);
    let isOpen = true;
    open++;
    return {
      send(message) {
        const reply = (octets: Uint8Array) => {
          clock.note(octets.length);
          if (isOpen) received(octets);
        };
        sendDatagram(server, message, reply, () => {
          if (isOpen) failed(failure('ECONNREFUSED'), true);
        });
      },
      close() {
        if (isOpen) open--;
        isOpen = false;
      },
    };
  }

  function openDatagram(_family: string, { message: received }: DatagramEvents): DatagramSocket {
    let isOpen = true;
    open++;
    return {
      send(message, _port, address) {
        const reply = (octets: Uint8Array) => {
          clock.note(octets.length);
          if (isOpen) received(octets, address, portOfServers);
        };
        // Nobody tells an unconnected socket that nothing listens.
        sendDatagram(serverAt(address), message, reply, () => {});
      },
      close() {
        if (isOpen) open--;
        isOpen = false;
      },
    };
  }

  function connectStream(address: string, _port: number, { data, closed }: ByteStreamEvents): ByteStream {
    const server = serverAt(address);
    const { tcp, line } = server.world;
    let state: 'connecting' | 'established' | 'ended' = 'connecting';
    const unsent: Uint8Array[] = [];
    let arrivesAt = 0;
    let repliesAt = 0;
    let answered = 0;
    let isServerDone = false;
    open++;

    const end = (error: Error | undefined) => {
      if (state === 'ended') return;
      const wasEstablished = state === 'established';
      state = 'ended';
      open--;
      closed(error, wasEstablished);
    };

    /** When a segment arrives that is sent now: in order, and later if it has to be sent again. */
    const arrival = (before: number) => {
      let delay = oneWay(server);
      while (random.chance(line.loss)) delay += retransmission;
      return Math.max(clock.now() + delay, before);
    };

    const reply = (octets: Uint8Array, delivered: () => void) => {
      if (isServerDone) return;
      answered++;
      const framed = Buffer.from([octets.length >> 8, octets.length & 0xff, ...octets]);
      repliesAt = arrival(repliesAt);
      clock.setTimer(repliesAt - clock.now(), () => {
        clock.note(octets.length);
        if (state !== 'established') return;
        delivered();
        data(framed);
      });
      if (tcp.kind === 'closes' && answered >= tcp.after) close();
      if (tcp.kind === 'falls silent' && answered >= tcp.after) isServerDone = true;
    };

    const close = () => {
      isServerDone = true;
      repliesAt = arrival(repliesAt);
      clock.setTimer(repliesAt - clock.now(), () => end(undefined));
    };

    const receive = (segment: Uint8Array) => {
      if (server.isAway()) return close();
      let offset = 0;
      while (offset + 2 <= segment.length) {
        const length = ((segment[offset] ?? 0) << 8) | (segment[offset + 1] ?? 0);
        const message = segment.subarray(offset + 2, offset + 2 + length);
        offset += 2 + length;
        if (tcp.kind === 'hangs' || isServerDone) continue;
        server.receive(message, true, reply);
        if (tcp.kind === 'first of segment') return;
      }
    };

    const write = (segment: Uint8Array) => {
      arrivesAt = arrival(arrivesAt);
      const copy = Uint8Array.from(segment);
      clock.setTimer(arrivesAt - clock.now(), () => receive(copy));
    };

    const handshake = arrival(0) - clock.now() + oneWay(server);
    clock.setTimer(handshake, () => {
      if (state === 'ended') return;
      if (tcp.kind === 'refused' || server.isAway()) return end(failure('ECONNREFUSED'));
      state = 'established';
      for (const segment of unsent.splice(0)) write(segment);
    });

    return {
      write(segment) {
        if (state === 'connecting') unsent.push(segment);
        else if (state === 'established') write(segment);
      },
      destroy() {
        clock.endOfTurn(() => end(undefined));
      },
    };
  }

  return { connectDatagram, openDatagram, connectStream, open: () => open };
}
