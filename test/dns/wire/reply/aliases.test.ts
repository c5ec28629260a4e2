import type { Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, alias, queryFor, read, replyTo } from '../messages.js';

const name = 'is.dev';
const readReply = (content: Packet) => read(replyTo(queryFor(name), content), name);
const withoutAddress = { rcode: 'NOERROR', truncated: false, addresses: [] };

/** Answers whose aliases, in any order, form a loop or lead into one. */
const anyAliasLoop = fc
  .integer({ min: 1, max: 6 })
  .chain((length) => fc.tuple(fc.constant(length), fc.nat(length - 1)))
  .chain(([length, loopStart]) => {
    const names = [name, 'b.dev', 'c.dev', 'd.dev', 'e.dev', 'f.dev'].slice(0, length);
    const loop = names.slice(loopStart);
    const targets = [...names.slice(1), ...loop];
    const aliases = names.map((owner, index) => alias(owner, targets[index] ?? ''));
    const answers = [...aliases, address('other.dev', '192.0.2.9')];
    return fc.record({
      answers: fc.shuffledSubarray(answers, { minLength: answers.length }),
      loop: fc.constant(loop),
    });
  });

describe('decodeReply', () => {
  const chain = [alias('b.dev', 'c.dev'), address('c.dev', '192.0.2.3'), alias(name, 'b.dev')];

  it('follows aliases to the end of the chain, whatever order they come in', () => {
    expect(readReply({ answers: chain })).toEqual({
      ...withoutAddress,
      addresses: ['192.0.2.3'],
      alias: 'c.dev',
    });
  });

  it('ignores the addresses of the aliases before the end of the chain', () => {
    const answers = [address(name, '192.0.2.1'), address('b.dev', '192.0.2.2'), ...chain];
    expect(readReply({ answers })).toMatchObject({ addresses: ['192.0.2.3'] });
  });

  it('reads an alias of a name that does not exist', () => {
    expect(readReply({ flags: 3, answers: [alias(name, 'B.dev')] })).toEqual({
      ...withoutAddress,
      rcode: 'NXDOMAIN',
      alias: 'b.dev',
    });
  });

  it('reads an alias of the root', () => {
    const answers = [alias(name, '.'), address(name, '192.0.2.1'), address('.', '192.0.2.2')];
    expect(readReply({ answers })).toEqual({ ...withoutAddress, addresses: ['192.0.2.2'], alias: '' });
  });

  it('does not follow an alias of class CH', () => {
    const reply = readReply({ answers: [{ ...alias(name, 'b.dev'), class: 'CH' }] });
    expect(reply).toEqual({ ...withoutAddress, nameServers: false, offersRecursion: true });
  });

  it('ends an alias loop at one of its names, without an address', () => {
    fc.assert(
      fc.property(anyAliasLoop, ({ answers, loop }) => {
        const reply = readReply({ answers });
        expect(reply).toEqual({ ...withoutAddress, alias: expect.any(String) });
        expect(loop).toContain(reply?.alias);
      }),
    );
  });
});
