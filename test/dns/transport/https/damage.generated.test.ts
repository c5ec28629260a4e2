import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../src/dns/transport/transport.js';
import { listenRaw } from '../../../helpers/raw-server.js';
import {
  type CallbackTransport,
  connectTo,
  endpointOf,
  one,
  serveOver,
  useAuthority,
} from '../connecting.js';

const trusted = useAuthority();

/** Resolves when a reply is overdue. */
const silence = (milliseconds: number) =>
  new Promise<'silence'>((resolve) => void setTimeout(resolve, milliseconds, 'silence'));

describe('a session over HTTPS', () => {
  /** Relays connections to a server, and changes one octet that comes from it on the first of them. */
  const relay = (port: number, at: number, change: (octet: number) => number) => {
    let connections = 0;
    return listenRaw((client) => {
      const isFirst = connections++ === 0;
      const upstream = connect(port, '127.0.0.1');
      let offset = 0;
      upstream.on('data', (chunk) => {
        const index = at - offset;
        offset += chunk.length;
        if (isFirst && index >= 0 && index < chunk.length) chunk[index] = change(chunk[index] ?? 0);
        client.write(chunk);
      });
      client.on('data', (chunk) => upstream.write(chunk));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      upstream.on('error', () => {});
    });
  };

  /** Asks until there is an answer. Waits longer each time, since a busy machine may take seconds for a handshake. */
  const answerInTheEnd = async (transport: CallbackTransport) => {
    for (let tries = 0; tries < 7; tries++) {
      const asked: { suspect?: () => void } = {};
      const answered = new Promise<Outcome>((resolve) => {
        asked.suspect = transport.ask('x.dev', resolve).suspect;
      });
      const outcome = await Promise.race([answered, silence(400 * 2 ** tries)]);
      if (outcome === 'silence') asked.suspect?.();
      else if ('reply' in outcome) return outcome.reply.addresses.join(' ');
    }
    return undefined;
  };

  it.each([0, 1, 2, 3])(
    'survives that octets %i modulo 4 are altered on the way, one in each connection',
    async (start) => {
      const server = await serveOver('https', trusted.certificate(), () => one);
      const offsets = Array.from({ length: 8 }, (_, index) => (index * 4 + start) * 37);
      const answers = await Promise.all(
        offsets.map(async (at) => {
          const { address } = await relay(server.port, at, (octet) => octet ^ (1 << (at % 8)));
          return answerInTheEnd(connectTo('https', endpointOf('https', { address }), trusted.authority()));
        }),
      );
      expect(new Set(answers)).toEqual(new Set(['192.0.2.1']));
    },
  );
});
