import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeededRandom } from '../../simulation/random.js';
import { type Hierarchy, type PlayedZone, playAuthority } from '../hierarchy.js';

const zoneNames = ['dev', 'app', 'co.uk', 'xyz'] as const;
const words = Array.from({ length: 40 }, (_, index) => `w${index}`);

const truths = ['delegated', 'host', 'nothing'] as const;
type Truth = (typeof truths)[number];

const anyZone = fc.record({
  truths: fc.array(fc.constantFrom(...truths), { minLength: words.length, maxLength: words.length }),
  isWild: fc.boolean(),
});
const anyWorld = fc.record({
  zones: fc.tuple(anyZone, anyZone, anyZone, anyZone),
  loss: fc.constantFrom(0, 0.05, 0.2),
  seed: fc.nat(1e6),
});

/** The marks that a name may have. What any name under a suffix answers cannot be told from a host of the suffix. */
const allowed: Readonly<Record<'plain' | 'wild', Readonly<Record<Truth, readonly string[]>>>> = {
  plain: { delegated: ['~'], host: ['+'], nothing: [' '] },
  wild: { delegated: ['~'], host: ['+', ' ', '?'], nothing: [' ', '?'] },
};

it('the authority never denies a delegated name, and never has one that is not delegated', async () => {
  const property = fc.asyncProperty(anyWorld, async ({ zones, loss, seed }) => {
    const random = createSeededRandom(seed);
    const namesOf = (index: number, truth: Truth) =>
      words
        .filter((_, word) => zones[index]?.truths[word] === truth)
        .map((word) => `${word}.${zoneNames[index]}`);
    const hierarchy: Hierarchy = Object.fromEntries(
      zoneNames.map((name, index): [string, PlayedZone] => [
        name,
        {
          servers: [`198.51.100.${2 * index}`, `198.51.100.${2 * index + 1}`],
          delegated: namesOf(index, 'delegated'),
          hosts: namesOf(index, 'host'),
          isWildcard: zones[index]?.isWild ?? false,
          reply: (proper) => (random.chance(loss) ? undefined : proper),
        },
      ]),
    );
    const names = zoneNames.flatMap((zone) => words.map((word) => `${word} ${zone}`));
    const { lines } = await playAuthority(hierarchy, names, { seed, tries: 7 });
    const marks = new Map(lines.map((line) => [line.slice(2).split(' ')[0] ?? '', line[0]]));
    for (const [index, zone] of zones.entries()) {
      for (const truth of truths)
        for (const name of namesOf(index, truth))
          expect(allowed[zone.isWild ? 'wild' : 'plain'][truth], name).toContain(marks.get(name));
    }
  });
  await fc.assert(property, { numRuns: 20 });
}, 60_000);
