import { uint16At } from './octets.js';

/**
 * Splits a byte stream into the messages that it carries, each preceded by its length in two octets (RFC 1035 section
 * 4.2.2).
 *
 * @param receive called with each message as soon as it is complete; the message may share memory with a chunk.
 * @returns a function that takes the stream's chunks in order, wherever they were cut.
 */
export function createFrameReader(receive: (message: Uint8Array) => void): (chunk: Buffer) => void {
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
