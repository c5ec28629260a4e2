import { describe, expect, it } from 'vitest';
import { createKeyedHash } from '../../src/util/keyed-hash.js';

describe('a keyed hash', () => {
  // The test vectors of the authors, github.com/veorq/SipHash, `vectors_hsip32`: the key is the octets 0 to 7, the text the octets from 0.
  it.each([
    [0, 'a9359f5b'],
    [1, '27475ab8'],
    [2, 'fa62a603'],
    [3, '8afee704'],
    [4, '2a6e4689'],
    [13, '77e663ff'],
    [63, '59ea4a74'],
  ])('of %i characters is the one of its authors', (length, expected) => {
    const hash = createKeyedHash([0x03020100, 0x07060504]);
    const octets = Buffer.alloc(4);
    octets.writeInt32LE(hash(String.fromCharCode(...Array(length).keys())));
    expect(octets.toString('hex')).toBe(expected);
  });

  it('has a key of its own, so that nobody can prepare texts that collide', () => {
    const [first, second] = [createKeyedHash(), createKeyedHash()];
    const texts = ['not.dev', 'for.dev', 'as.dev'];
    expect(texts.map(first)).not.toEqual(texts.map(second));
    expect(texts.map(first)).toEqual(texts.map(first));
  });
});
