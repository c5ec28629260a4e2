import { uint16At } from './octets.js';

/**
 * Cuts a stream into the messages that it carries, each behind its length (RFC 1035 section 4.2.2).
 *
 * @returns what takes the stream's chunks, however they are cut.
 */
export function readFrames(receive: (message: Uint8Array) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    while (offset + 2 <= bytes.length) {
      const end = offset + 2 + uint16At(bytes, offset);
      if (end > bytes.length) break;
      receive(new Uint8Array(bytes.buffer, bytes.byteOffset + offset + 2, end - offset - 2));
      offset = end;
    }
    rest = bytes.subarray(offset);
  };
}
