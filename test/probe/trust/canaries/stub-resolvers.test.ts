import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  changing,
  deny,
  isRandom,
  keepingSingleLabels,
  refuse,
  truthful,
  type Zone,
  zone,
} from '../../../helpers/played-servers.js';

const truth: Zone = { ...zone, 'nic.dev': { A: ['192.0.2.3'] }, 'google.example': {} };

describe.each<[string, PlayedServer]>([
  ['denies', deny],
  ['refuses', refuse],
])('a stub resolver that %s single labels', (_, keep) => {
  it('costs no answer under a suffix that IANA lists', async () => {
    const { lines, notes } = await play(
      [keepingSingleLabels(keep, truthful(truth))],
      ['live.dev', 'taken.dev', 'free.dev'],
    );
    expect(lines).toEqual(['  free.dev', '+ live.dev', '~ taken.dev']);
    expect(notes).toEqual([]);
  });

  it('costs no answer under another suffix, if denials have SOA records', async () => {
    const { lines, notes } = await play([keepingSingleLabels(keep)], ['live.example', 'free.example']);
    expect(lines).toEqual(['  free.example', '+ live.example']);
    expect(notes).toEqual([]);
  });

  it('is asked a witness of three canaries for later names', async () => {
    const { queries } = await play([keepingSingleLabels(keep, truthful(truth))], ['live.dev', 'free.dev'], {
      concurrency: 1,
    });
    const asked = queries[0]?.map(({ name }) => (isRandom(name) ? 'RANDOM' : name));
    expect(asked?.slice(-4)).toEqual([
      ...['free.dev', 'nic.dev', 'RANDOM'],
      expect.stringMatching(/^[a-z]{4}\.dev$/),
    ]);
  });

  it('that denies everything later has no wrong answer', async () => {
    const stub = keepingSingleLabels(keep, truthful(truth));
    const server = changing([30, stub], [Number.POSITIVE_INFINITY, deny]);
    const names = Array.from({ length: 40 }, () => 'live.dev');
    const { lines } = await play([server], names, { concurrency: 4 });
    expect(lines.filter((line) => !line.startsWith('?') && line !== '+ live.dev')).toEqual([]);
  });

  it('beside an honest server costs no answer', async () => {
    const servers = [keepingSingleLabels(keep, truthful(truth)), truthful(truth)];
    const { lines } = await play(servers, ['live.dev', 'free.dev', 'live.example', 'free.example']);
    expect(lines).toEqual(['  free.dev', '  free.example', '+ live.dev', '+ live.example']);
  });
});

it('a suffix that does not exist is found out behind a stub resolver, too', async () => {
  const { lines } = await play([keepingSingleLabels(deny, truthful(truth))], ['x.dvv']);
  expect(lines).toEqual(['? x.dvv  there is no top-level domain .dvv']);
});
