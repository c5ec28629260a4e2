import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  deny,
  denying,
  except,
  fail,
  isRandom,
  lying,
  refuse,
  silent,
  truthful,
  wildcard,
  type Zone,
} from '../../../helpers/played-servers.js';

const words = Array.from({ length: 400 }, (_, index) => `w${index}`);
const isLive = (word: string) => Number(word.slice(1)) % 3 === 0;
const live = words.filter(isLive).map((word) => [`${word}.dev`, { A: ['192.0.2.1'], isDelegated: true }]);
const zone: Zone = {
  dev: { isDelegated: true },
  example: { isDelegated: true },
  ...Object.fromEntries(live),
};
const honest = truthful(zone);

const names = words.map((word) => `${word}.dev`);
const expected = words.map((word) => `${isLive(word) ? '+' : ' '} ${word}.dev`).toSorted();

const times = (count: number, server: PlayedServer) => new Array<PlayedServer>(count).fill(server);

describe('a list of 22 servers, seven of which are of no use,', () => {
  const useless = [
    refuse,
    fail,
    silent,
    silent,
    deny,
    except((name) => name === '', honest, deny),
    lying(zone),
  ];
  const servers = [...useless, ...times(15, honest)];

  it('has the true answer for each name, no notes, and a report of each server', async () => {
    const { lines, notes, reports } = await play(servers, names, { tries: 7 });
    expect(lines).toEqual(expected);
    expect(notes).toEqual([]);
    const verdicts = reports.map(({ verdict }) => verdict);
    expect(verdicts.slice(0, 4)).toEqual(['refuses', 'failing', 'silent', 'silent']);
    expect(verdicts.slice(4, 7)).toEqual(['lies', 'lies', 'lies']);
    expect(verdicts.slice(7).every((verdict) => verdict === 'good' || verdict === 'unused')).toBe(true);
  });

  it('has the liars in its log', async () => {
    const { log } = await play(servers, names, { tries: 7 });
    expect(log.filter((line) => line.includes('will not be asked again')).toSorted()).toEqual([
      'udp://192.0.2.5:53 denies .dev and the root; it will not be asked again',
      'udp://192.0.2.6:53 denies .dev, which the others have; it will not be asked again',
      'udp://192.0.2.7:53 answers for names under .dev that do not exist; it will not be asked again',
    ]);
  });
});

describe('many servers', () => {
  it.each([17, 20, 23, 24, 30])(
    'of which none is any good make names unknown: %i that deny everything',
    async (count) => {
      const { lines } = await play(times(count, deny), ['live.dev', 'free.dev']);
      expect(lines.map((line) => line.replace(/: .*/, ''))).toEqual([
        '? free.dev  cut off from the internet',
        '? live.dev  cut off from the internet',
      ]);
    },
  );

  it('of which none is any good are not all tested', async () => {
    const { queries } = await play(times(60, deny), ['live.dev']);
    const tested = queries.filter((each) => each.some(({ name }) => isRandom(name)));
    expect(tested.length).toBeGreaterThanOrEqual(24);
    expect(tested.length).toBeLessThan(60);
  });

  it('are not all needed if one is good', async () => {
    const { queries } = await play(times(60, honest), ['w0.dev']);
    expect(queries.filter((each) => each.length > 0)).toHaveLength(1);
  });

  it('of which a few deny a suffix that the others have have no dispute', async () => {
    const servers = [...times(3, denying('example', honest)), ...times(20, honest)];
    const { lines, notes } = await play(servers, ['x.example', 'y.example']);
    expect(lines).toEqual(['  x.example', '  y.example']);
    expect(notes).toEqual([expect.stringContaining('no name under .example is known to exist')]);
  });

  it('that all answer for any name let comparisons decide', async () => {
    const { lines } = await play(times(20, wildcard('dev', undefined, zone)), ['w0.dev', 'w1.dev']);
    expect(lines).toEqual(['  w1.dev  any name under .dev is answered', '+ w0.dev']);
  });

  it('of which one does not say whether it answers for any name are asked elsewhere', async () => {
    const servers = [...times(1, except(isRandom, silent, honest)), ...times(19, honest)];
    const { results } = await play(servers, ['w0.dev']);
    expect(results).toMatchObject([{ status: 'live', server: expect.not.stringMatching('192.0.2.1:') }]);
  });
});
