import { createServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { listenRaw } from '../../../helpers/raw-server.js';
import { askEach, connectTo, endpointOf, manyNames, useAuthority } from '../connecting.js';

const trusted = useAuthority();
/** More than a connection takes before the server has said how many it allows. */
const names = manyNames(105);

/** Starts a TLS server that speaks HTTP/2 as far as ALPN goes, and then writes whatever the test wants. */
function startTls(speak: (socket: TLSSocket) => void) {
  const server = createServer({ ...trusted.certificate(), ALPNProtocols: ['h2'] }, (socket) => {
    socket.on('error', () => {});
    socket.resume();
    speak(socket);
  });
  return listenRaw((socket) => void server.emit('connection', socket));
}

/** Encodes a frame of HTTP/2 (RFC 9113 section 4.1). */
function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

const setting = (id: number, value: number): Buffer => {
  const payload = Buffer.alloc(6);
  payload.writeUInt16BE(id, 0);
  payload.writeUInt32BE(value, 2);
  return payload;
};
const settings = (...list: readonly Buffer[]) => frame(4, 0, 0, Buffer.concat(list));
const acknowledgement = frame(4, 1, 0);
/** `:status: 200` and `content-type: text/html`, from the static and with literals (RFC 7541). */
const status200 = Buffer.of(0x88);
const promise = (id: number, headers: Buffer) => {
  const promised = Buffer.alloc(4);
  promised.writeUInt32BE(id);
  return Buffer.concat([promised, headers]);
};
/** `:method: GET`, `:scheme: https`, `:path: /` and `:authority: a`. */
const pushedRequest = Buffer.of(0x82, 0x87, 0x84, 0x41, 1, 0x61);
const goaway = (lastStream: number, code: number) => {
  const payload = Buffer.alloc(8);
  payload.writeUInt32BE(lastStream, 0);
  payload.writeUInt32BE(code, 4);
  return frame(7, 0, 0, payload);
};
const code = (value: number) => {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return payload;
};

/** What a server may write at any time after the handshake. */
const garbage: readonly (readonly [string, Buffer])[] = [
  ['plain text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['an error page', Buffer.from(`<html>${'x'.repeat(5000)}</html>`)],
  ['zeros', Buffer.alloc(100)],
  ['ones', Buffer.alloc(100, 0xff)],
  ['an unsolicited push', Buffer.concat([settings(), frame(5, 4, 1, promise(2, pushedRequest))])],
  [
    'a pushed response',
    Buffer.concat([settings(), frame(5, 4, 1, promise(2, pushedRequest)), frame(1, 4, 2, status200)]),
  ],
  ['a push on no stream', Buffer.concat([settings(), frame(5, 4, 0, promise(2, pushedRequest))])],
  ['headers of a stream that it opened', Buffer.concat([settings(), frame(1, 4, 2, status200)])],
  [
    'headers that cannot be decompressed',
    Buffer.concat([settings(), frame(1, 4, 1, Buffer.of(0xff, 0xff, 0xff))]),
  ],
  [
    'headers that go on forever',
    Buffer.concat([settings(), frame(1, 0, 1, status200), frame(6, 0, 0, Buffer.alloc(8))]),
  ],
  ['data before headers', Buffer.concat([settings(), frame(0, 0, 1, Buffer.from('hello'))])],
  ['data on an idle stream', Buffer.concat([settings(), frame(0, 0, 99, Buffer.from('hello'))])],
  ['GOAWAY', Buffer.concat([settings(), goaway(0, 0)])],
  ['GOAWAY with an error', Buffer.concat([settings(), goaway(0, 2)])],
  ['GOAWAY, and later streams', Buffer.concat([settings(), goaway(1, 11), frame(1, 4, 1, status200)])],
  ['GOAWAY twice', Buffer.concat([settings(), goaway(1, 0), goaway(0, 1)])],
  ['a stream reset', Buffer.concat([settings(), frame(3, 0, 1, code(7))])],
  ['a reset of an idle stream', Buffer.concat([settings(), frame(3, 0, 99, code(7))])],
  ['a reset of no stream', Buffer.concat([settings(), frame(3, 0, 0, code(7))])],
  ['a window of nothing', Buffer.concat([settings(setting(4, 0)), frame(8, 0, 0, code(0))])],
  [
    'a window that overflows',
    Buffer.concat([settings(), frame(8, 0, 0, code(0x7fffffff)), frame(8, 0, 0, code(0x7fffffff))]),
  ],
  ['a setting with an invalid window', settings(setting(4, 0xffffffff))],
  ['a setting with an invalid frame size', settings(setting(5, 1))],
  ['a setting that allows pushing', settings(setting(2, 1))],
  ['a setting with an invalid value', settings(setting(2, 7))],
  ['a setting without header table', settings(setting(1, 0))],
  ['a setting with a huge header table', settings(setting(1, 0xffffffff))],
  ['a setting with a header list of nothing', settings(setting(6, 0))],
  ['a setting that allows no streams', settings(setting(3, 0))],
  ['unknown settings', settings(...Array.from({ length: 60 }, (_, index) => setting(100 + index, index)))],
  ['a setting of a stream', frame(4, 0, 1, setting(3, 1))],
  ['an acknowledgement of nothing', Buffer.concat([settings(), acknowledgement, acknowledgement])],
  ['a setting that is cut off', frame(4, 0, 0, Buffer.alloc(5))],
  ['an unknown frame', Buffer.concat([settings(), frame(0xbb, 0, 0, Buffer.alloc(20))])],
  ['a PING that is too short', Buffer.concat([settings(), frame(6, 0, 0, Buffer.alloc(3))])],
  [
    'an ALTSVC and an ORIGIN frame',
    Buffer.concat([
      settings(),
      frame(10, 0, 0, Buffer.of(0, 1, 0x61, 0x62)),
      frame(12, 0, 0, Buffer.of(0, 1, 0x61)),
    ]),
  ],
  [
    'a frame that is too long',
    Buffer.concat([Buffer.of(0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1), Buffer.alloc(70_000)]),
  ],
];

describe('a server asked over HTTPS', () => {
  it.concurrent.each(garbage)(
    'that writes %s before it is asked costs nothing but its reply',
    async (_what, octets) => {
      const { address } = await startTls((socket) => socket.write(octets));
      const transport = connectTo('https', endpointOf('https', { address }), trusted.authority());
      const [outcome] = await Promise.race([askEach(transport, names), silence()]);
      expect(outcome).not.toContain('192.0.2');
    },
  );

  it.concurrent.each(garbage)(
    'that writes %s as a reply costs nothing but its reply',
    async (_what, octets) => {
      const { address } = await startTls((socket) => {
        socket.write(settings());
        socket.once('data', () => socket.write(octets));
      });
      const transport = connectTo('https', endpointOf('https', { address }), trusted.authority());
      const [outcome] = await Promise.race([askEach(transport, names), silence()]);
      expect(outcome).not.toContain('192.0.2');
    },
  );
});

/** Some servers stay silent, which the transport leaves to the resolver. */
const silence = () => new Promise<string[]>((resolve) => void setTimeout(resolve, 150, ['silence']));
