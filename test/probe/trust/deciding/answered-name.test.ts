import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import { deny, keepingSingleLabels, refuse, truthful } from '../../../helpers/played-servers.js';

/** A server whose denials have no SOA record, so that they do not prove the suffix. */
const withoutSoa: PlayedServer = (query) => ({ ...truthful()(query), zone: undefined });

/** The last name is answered late. */
const late = ({ name }: { readonly name: string }) => (name === 'live.dev' ? 300 : 1);

describe.each<[string, PlayedServer]>([
  ['denies', deny],
  ['refuses', refuse],
])('a stub resolver that %s single labels', (_, keep) => {
  it('costs no answer if a name is answered', async () => {
    const names = ['live.example', ...Array.from({ length: 20 }, (_, index) => `x${index}.example`)];
    const { lines } = await play([keepingSingleLabels(keep, withoutSoa)], names);
    expect(lines.filter((line) => line.startsWith('?'))).toEqual([]);
  });

  it('costs no answer under a listed suffix whose first names do not exist', async () => {
    const names = [...Array.from({ length: 20 }, (_, index) => `x${index}.dev`), 'live.dev'];
    const { lines } = await play([keepingSingleLabels(keep, withoutSoa)], names, { delay: late });
    expect(lines.filter((line) => line.startsWith('?'))).toEqual([]);
  });
});
