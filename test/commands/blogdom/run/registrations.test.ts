import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { blogdom, serve } from '../../../helpers/command.js';
import { honest } from '../../../helpers/honest.js';
import * as dns from '../../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../../helpers/rdap-server/registries.js';
import * as act from '../../../helpers/rdap-server.js';

/** A name that a registry has, but not the DNS, and how its registration goes on. */
async function startDropping() {
  const server = await serve(
    honest(({ name }) => (name === 'drop.dev' ? dns.deny : dns.answer('192.0.2.1'))),
  );
  let action = act.found();
  const registry = await serveRdap(({ name, path }) => {
    if (name === '') return path.endsWith('/help') ? act.help() : act.fail(400);
    return name === 'drop.dev' ? action : act.found();
  });
  const { file, env } = await confirmBy({ dev: registry.url });
  const args = ['-s', server.address, '--no-canary', '--confirm', 'all', '--rdap-bootstrap', file];
  return {
    ask: (...more: readonly string[]) => blogdom([...args, ...more, 'drop', 'live'], { env }),
    file: `${file}.results`,
    become(next: act.Action) {
      action = next;
    },
  };
}

const expiring = (eventDate: string) => [{ eventAction: 'expiration', eventDate }];

describe('blogdom --since --confirm all', () => {
  it('prints each step of a registration, and a new expiry date', async () => {
    const { ask, become, file } = await startDropping();
    const steps = [
      act.found(['active'], { members: { events: expiring('2027-01-31T00:00:00Z') } }),
      act.found(['active'], { members: { events: expiring('2028-01-31T00:00:00Z') } }),
      act.found(['pending delete', 'redemption period'], { members: { events: [] } }),
      act.found(['pending delete'], { members: { events: [] } }),
      act.notFound(),
    ];
    const printed: string[] = [];
    await writeFile(file, '');
    for (const step of steps) {
      become(step);
      if (printed.length === 0) printed.push('first');
      else printed.push((await ask('--since', file)).stdout);
      await writeFile(file, (await ask('-o', 'json')).stdout);
    }
    expect(printed.slice(1)).toEqual([
      '~ drop.dev  expires 2027-01-31 -> 2028-01-31  registered\n',
      '~ drop.dev  registered -> redemption period  registered, redemption period\n',
      '~ drop.dev  redemption period -> pending delete  registered, pending delete\n',
      '* drop.dev  taken -> unregistered, pending delete -> unregistered\n',
    ]);
  });

  it.each([
    ['json', /^{"name":"drop.dev",.*"changes":{"registration":{"was":"registered","is":"client hold"}},/],
    [
      'csv',
      /^name,word,tld,status,was,changes,reason,.*\ndrop.dev,drop,dev,taken,,registered -> client hold,/,
    ],
    ['grid', /^ +dev\ndrop +~\n[\s\S]*\n~ drop.dev {2}registered -> client hold\n/],
    ['html', /drop.dev: <span>registered → <strong>client hold<\/strong><\/span>/],
  ])('prints them in the format %s', async (format, expected) => {
    const { ask, become, file } = await startDropping();
    await writeFile(file, (await ask('-o', 'json')).stdout);
    become(act.found(['client hold']));
    expect((await ask('--since', file, '-o', format)).stdout).toMatch(expected);
  });
});

describe('blogdom --format ics --confirm all', () => {
  it('prints a calendar of the names that are registered, live ones as well', async () => {
    const { ask } = await startDropping();
    const { stdout } = await ask('-o', 'ics');
    const days = stdout.match(/^(?:UID|DTSTART).*/gm);
    expect(days?.toSorted()).toEqual([
      'DTSTART;VALUE=DATE:20390228',
      'DTSTART;VALUE=DATE:20390228',
      'UID:blogdom-expiry@drop.dev',
      'UID:blogdom-expiry@live.dev',
    ]);
  });
});
