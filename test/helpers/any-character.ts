import fc from 'fast-check';

/** Any code point of Unicode, lone surrogates included. Fast-check's own unit `binary` takes a second to build. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((codePoint) => String.fromCodePoint(codePoint));
