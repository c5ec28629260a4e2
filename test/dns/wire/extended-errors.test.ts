import { describe, expect, it } from 'vitest';
import { isAboutBlocking, isAboutDnssec, readOpt } from '../../../src/dns/wire/extended-errors.js';

/** An option: its number, and its data with their length (RFC 6891 section 6.1.2). */
const option = (number: number, ...data: readonly number[]) => [0, number, 0, data.length, ...data];
/** An extended error with a text (RFC 8914 section 2). */
const errorOption = (code: number, text = '') => option(15, code >> 8, code & 0xff, ...Buffer.from(text));
/** An OPT record of the root with some options. */
const optRecord = (...options: readonly (readonly number[])[]) => optRecordWith(0, options.flat());
const optRecordWith = (upperRcode: number, data: readonly number[] = []) => [
  ...[0, 0, 41, 4, 208, upperRcode, 0, 0, 0],
  ...[0, data.length, ...data],
];
/** An A record of the root without data. */
const otherRecord = [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0];

const readRecord = (records: readonly (readonly number[])[]) =>
  readOpt(Uint8Array.from([9, 9, ...records.flat()]), 2, records.length);
const read = (records: readonly (readonly number[])[]) => readRecord(records).extendedErrors;

describe('the OPT record of a message', () => {
  it('has the upper bits of the response code', () => {
    expect(readRecord([otherRecord, optRecordWith(1)])).toEqual({ upperRcode: 1, extendedErrors: [] });
  });

  it('adds nothing to the response code if there is none', () => {
    expect(readRecord([otherRecord])).toEqual({ upperRcode: 0, extendedErrors: [] });
  });
});

describe('the extended errors of a message', () => {
  it.each([
    [0, 'other error'],
    [15, 'blocked by policy'],
    [22, 'no reachable authority'],
    [49_152, 'extended error 49152'],
  ])('have a meaning: %i', (code, meaning) => {
    expect(read([optRecord(errorOption(code, 'any text'))])).toEqual([{ code, meaning }]);
  });

  it('are all that its OPT record has, after other records and beside other options', () => {
    const options = [option(3, 1, 2), errorOption(3), errorOption(22, 'x')];
    expect(read([otherRecord, optRecord(...options)]).map(({ code }) => code)).toEqual([3, 22]);
  });

  it('are none without an OPT record or without a code', () => {
    expect(read([otherRecord])).toEqual([]);
    expect(read([optRecord(option(15, 1))])).toEqual([]);
  });

  it.each([
    ['record', [...optRecord(errorOption(22)).slice(0, -1)]],
    ['option', [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 4, 0, 15, 0, 2]],
  ])('cannot be read if a %s is cut off', (_, octets) => {
    expect(() => read([octets])).toThrow();
  });
});

describe('an extended error', () => {
  const codesThat = (matches: (error: { readonly code: number; readonly meaning: string }) => boolean) =>
    Array.from({ length: 32 }, (_, code) => code).filter((code) => matches({ code, meaning: '' }));

  it('may be about signatures', () => {
    expect(codesThat(isAboutDnssec)).toEqual([1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 27]);
  });

  it('may say that the server blocks the name', () => {
    expect(codesThat(isAboutBlocking)).toEqual([4, 15, 16, 17]);
  });
});
