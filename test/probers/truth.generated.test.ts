import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openAuthority } from '../../src/probers/authority.js';
import { serverAt } from '../helpers/resolving.js';
import { serveHierarchy, type TestZone } from './hierarchy.js';

const zoneNames = ['dev', 'app', 'co.uk', 'xyz'];
const words = Array.from({ length: 40 }, (_, index) => `w${index}`);

/** What is true of one name. */
const anyTruth = fc.constantFrom('delegated', 'host', 'nothing');
const anyWorld = fc.record({
  truths: fc.array(fc.array(anyTruth, { minLength: words.length, maxLength: words.length }), {
    minLength: zoneNames.length,
    maxLength: zoneNames.length,
  }),
  wild: fc.array(fc.boolean(), { minLength: zoneNames.length, maxLength: zoneNames.length }),
  losses: fc.integer({ min: 0, max: 20 }),
});

it('the authority never denies a delegated name, and never has one that is not delegated', {
  timeout: 60_000,
}, async () => {
  let network = 0;
  await fc.assert(
    fc.asyncProperty(anyWorld, async ({ truths, wild, losses }) => {
      network++;
      const namesOf = (zone: number, truth: string) =>
        words
          .filter((_, index) => truths[zone]?.[index] === truth)
          .map((word) => `${word}.${zoneNames[zone]}`);
      let count = 0;
      const zones = zoneNames.map((name, zone): [string, TestZone] => [
        name,
        {
          servers: [1, 2].map((server) => `127.2.${network}.${zone * 2 + server}`),
          delegated: namesOf(zone, 'delegated'),
          hosts: namesOf(zone, 'host'),
          isWildcard: wild[zone] ?? false,
          // Some replies are lost.
          reply: (_, proper) => (losses > 0 && ++count % (losses + 10) === 0 ? undefined : proper),
        },
      ]);
      const { resolver, port } = await serveHierarchy(Object.fromEntries(zones));
      const prober = openAuthority({
        servers: [serverAt(resolver)],
        port,
        timeout: 2000,
        tries: 7,
        canary: true,
      });
      onTestFinished(prober.close);
      const candidates = zoneNames.flatMap((tld, zone) =>
        words.map((word, index) => ({
          word,
          tld,
          name: `${word}.${tld}`,
          zone,
          truth: truths[zone]?.[index],
        })),
      );
      await Promise.all(
        candidates.map(async ({ zone, truth, ...candidate }) => {
          const { status } = await prober.probe(candidate);
          const allowed = wild[zone]
            ? { delegated: ['taken'], host: ['live', 'absent', 'unknown'], nothing: ['absent', 'unknown'] }
            : { delegated: ['taken'], host: ['live'], nothing: ['absent'] };
          expect([candidate.name, truth, allowed[truth as keyof typeof allowed]]).toEqual([
            candidate.name,
            truth,
            expect.arrayContaining([status]),
          ]);
        }),
      );
      prober.close();
    }),
    { numRuns: 20 },
  );
});
