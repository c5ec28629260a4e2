import { beforeAll, describe, expect, it } from 'vitest';
import { blogdom, type Ended, serve, sortedLines, urlOf } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import type { Script } from '../../helpers/name-server/action.js';
import { record } from '../../helpers/name-server/reply.js';
import * as act from '../../helpers/name-server.js';

const { answer, deny, fail, noData, refuse, reply, silent, unreadable } = act;

const alias = (name: string, target: string) => record('CNAME', name, target);

/** What the server does about each name; where two scripts stand, the second is for AAAA. */
const behaviours: Readonly<Record<string, readonly [Script, Script?]>> = {
  'four.dev': [answer('192.0.2.1')],
  'six.dev': [answer('2001:db8::1')],
  'alias.dev': [act.fromZone({ 'alias.dev': { CNAME: 'a.example' }, 'a.example': { A: ['192.0.2.2'] } })],
  'empty.dev': [noData],
  'delegated.dev': [reply({ authorities: [record('NS', 'delegated.dev', 'ns.example')] })],
  'nowhere.dev': [reply({ rcode: 'NXDOMAIN', answers: [alias('nowhere.dev', 'gone.example')] })],
  'barren.dev': [reply({ answers: [alias('barren.dev', 'mail.example')] })],
  'half.dev': [noData, fail()],
  'split.dev': [noData, deny],
  'free.dev': [deny],
  'servfail.dev': [fail()],
  'refused.dev': [refuse],
  'notimp.dev': [fail('NOTIMP')],
  'odd.dev': [fail(12)],
  'broken.dev': [unreadable()],
  'lame.dev': [reply({ authorities: [record('NS', 'dev', 'ns.example')] })],
  'both.dev': [reply({ rcode: 'NXDOMAIN', answers: [record('A', 'both.dev', '192.0.2.3')] })],
  'steer.dev': [reply({ rcode: 'NXDOMAIN', answers: [alias('steer.dev', '\x1b[2j\n+ x.dev')] })],
  'mute.dev': [silent],
  'mumbling.dev': [noData, silent],
};

const serveAll = () =>
  serve(
    honest(({ name, type }) => {
      const [first, second] = behaviours[name] ?? [];
      return (type === 'AAAA' && second) || first || refuse;
    }),
  );

describe('a name', () => {
  let ended: Ended;
  let lines: readonly string[];
  beforeAll(async () => {
    const server = await serveAll();
    const names = Object.keys(behaviours).filter((name) => !name.startsWith('mu'));
    ended = await blogdom(['-s', server.address, ...names]);
    lines = sortedLines(ended.stdout.replaceAll(urlOf(server), 'SERVER'));
  });

  it.each([
    ['with an IPv4 address is live', '+ four.dev'],
    ['with an IPv6 address only is live', '+ six.dev'],
    ['that is an alias of one with an address is live', '+ alias.dev'],
    ['without an address is taken', '~ empty.dev'],
    ['that another server is to be asked about is taken', '~ delegated.dev  delegated'],
    ['that is an alias to nowhere is taken', '~ nowhere.dev  alias of gone.example, which does not exist'],
    ['whose alias has no address is taken', '~ barren.dev  alias of mail.example, no address given'],
    ['whose AAAA query fails is taken', '~ half.dev  no A record, AAAA not answered: SERVFAIL from SERVER'],
    ['that is denied for AAAA alone is taken', '~ split.dev  no A record, NXDOMAIN for AAAA'],
    ['that the DNS does not know is absent', '  free.dev'],
    ['with SERVFAIL is unknown', '? servfail.dev  SERVFAIL from SERVER'],
    ['with REFUSED is unknown', '? refused.dev  REFUSED from SERVER'],
    ['with NOTIMP is unknown', '? notimp.dev  NOTIMP from SERVER'],
    ['with a code without a name is unknown', '? odd.dev  RCODE12 from SERVER'],
    ['whose reply cannot be read is unknown', '? broken.dev  unreadable reply from SERVER'],
    [
      'of which the server knows no more than its zone is unknown',
      '? lame.dev  SERVER only refers to the name servers of dev',
    ],
    ['both denied and answered is unknown', '? both.dev  the reply denies a name and gives its address'],
    ['cannot steer the terminal', '~ steer.dev  alias of \\027\\[2j\\010\\+\\032x.dev, which does not exist'],
  ])('%s', (_what, line) => {
    expect(lines).toContain(line);
  });

  it('has one line, and nothing else is printed', () => {
    expect(lines).toHaveLength(18);
    expect(ended.stderr).toBe('');
  });

  it('that is unknown makes the status 1', () => {
    expect(ended.status).toBe(1);
  });
});

it('names without a reply are unknown, or taken where it is the AAAA query that has none', async () => {
  const server = await serveAll();
  const { stdout, status } = await blogdom([
    ...['-s', server.address, '--timeout', '0.3', '--tries', '2'],
    ...['mute.dev', 'mumbling.dev'],
  ]);
  expect(sortedLines(stdout.replaceAll(urlOf(server), 'SERVER'))).toEqual([
    '? mute.dev  no reply from SERVER in 2 tries',
    '~ mumbling.dev  no A record, AAAA not answered: no reply from SERVER in 2 tries',
  ]);
  expect(status).toBe(1);
});

it('all statuses but unknown make the status 0', async () => {
  const server = await serveAll();
  const { stdout, status } = await blogdom(['-s', server.address, 'four.dev', 'half.dev', 'free.dev']);
  expect(sortedLines(stdout).map((line) => line.slice(0, 2))).toEqual(['  ', '+ ', '~ ']);
  expect(status).toBe(0);
});
