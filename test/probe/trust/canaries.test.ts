import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { createCanaries } from '../../../src/probe/trust/canaries.js';
import { createKnownServer, createStanding } from '../../../src/probe/trust/standing.js';
import { answerWith, denial, failed, primary, replied } from '../../helpers/answers.js';
import { createSeededRandom } from '../../simulation/random.js';

const exists = replied({ nameServers: true });
const denialByDev = replied({ rcode: 'NXDOMAIN', zone: 'dev' });
const refusal = failed('REFUSED');

/** What a server says about each name; the last outcome of a list counts for all later questions. */
type Script = Readonly<Record<string, Outcome | readonly Outcome[] | 'never'>>;

/** A standing under a suffix, canaries for it, and what the server was asked: `TYPE NAME`, and the tries if they are few. */
function canariesFor(suffixName: string, script: Script) {
  const asked: string[] = [];
  const counts = new Map<string, number>();
  let place = 0;
  const outcomeOf = (name: string): Outcome => {
    const known = script[name] ?? denial;
    if (known === 'never' || 'server' in known) return known === 'never' ? denial : known;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return known[Math.min(count, known.length - 1)] ?? denial;
  };
  const waits: (() => void)[] = [];
  const canaries = createCanaries({
    askServer: async ({ name, type }, server, tries) => {
      expect(server).toBe(primary);
      const shown = name.replace(/^[a-z][a-z0-9]{23,39}\./, 'RANDOM.');
      asked.push([type, shown || '.', ...(tries === undefined ? [] : [`${tries} tries`])].join(' '));
      if (script[shown] === 'never') return new Promise(() => {});
      return answerWith(outcomeOf(shown), { sent: ++place, received: ++place });
    },
    random: createSeededRandom(1),
    sleeper: {
      sleep: (milliseconds) => {
        expect([250, 1000]).toContain(milliseconds);
        return new Promise((resolve) => void waits.push(resolve));
      },
    },
    nextPlace: () => ++place,
  });
  const standing = createStanding(createKnownServer(primary), suffixName);
  return { standing, canaries, asked, waits, askWitness: () => canaries.askWitness(standing) };
}

describe('a witness', () => {
  it('asks for the name servers of the suffix and for the address of a random name', async () => {
    const { askWitness, asked } = canariesFor('dev', { dev: exists });
    expect(await askWitness()).toMatchObject({ suffix: 'exists', random: 'denied' });
    expect(asked).toEqual(['NS dev 2 tries', 'A RANDOM.dev']);
  });

  it('gives a single label all tries when the server has answered for it', async () => {
    const { askWitness, asked, standing } = canariesFor('dev', { dev: exists });
    await askWitness();
    expect(standing.hasSuffix).toBe(true);
    await askWitness();
    expect(asked.slice(2)).toEqual(['NS dev', 'A RANDOM.dev']);
  });

  it('gives a suffix of two labels all tries, and believes its denial', async () => {
    const { askWitness, asked, standing } = canariesFor('cu.uk', {});
    expect(await askWitness()).toMatchObject({ suffix: 'denied', random: 'denied' });
    expect(asked).toEqual(['NS cu.uk', 'A RANDOM.cu.uk']);
    expect(standing.hasSuffix).toBe(false);
  });

  it('asks for the name below the suffix that is its control', async () => {
    const { askWitness, asked, standing } = canariesFor('dev', { 'nic.dev': exists });
    standing.controlName = 'nic.dev';
    expect(await askWitness()).toMatchObject({
      suffix: 'exists',
      evidence: ['nic.dev exists', expect.anything()],
    });
    expect(asked).toEqual(['A nic.dev', 'A RANDOM.dev']);
    expect(standing.hasSuffix).toBe(false);
  });

  it('counts canaries without an answer from the moment at which it was asked to its end', async () => {
    const { askWitness } = canariesFor('cu.uk', { 'cu.uk': refusal, 'RANDOM.cu.uk': refusal });
    expect(await askWitness()).toMatchObject({ sent: 1, received: 6, failure: 'REFUSED' });
  });
});

describe.each([
  ['denies', denial],
  ['refuses', refusal],
])('a stub resolver that %s single labels', (_, kept) => {
  it('is tested by a name below a suffix that IANA lists', async () => {
    const { askWitness, asked, standing } = canariesFor('dev', { dev: kept, 'nic.dev': exists, '': exists });
    expect(await askWitness()).toMatchObject({
      suffix: 'exists',
      random: 'denied',
      evidence: ['nic.dev exists', expect.stringMatching(/\.dev does not exist$/)],
    });
    expect(standing).toMatchObject({ controlName: 'nic.dev', hasSuffix: false });
    expect(asked).toEqual([
      ...['NS dev 2 tries', 'A RANDOM.dev'],
      ...['NS nic.dev', 'NS google.dev', 'NS .', 'NS dev 2 tries'],
    ]);
    await askWitness();
    expect(asked.slice(6)).toEqual(['A nic.dev', 'A RANDOM.dev']);
  });

  it('is tested by a second name if the suffix does not have the first one', async () => {
    const { askWitness, standing } = canariesFor('dev', { dev: kept, 'google.dev': exists });
    expect(await askWitness()).toMatchObject({ suffix: 'exists' });
    expect(standing.controlName).toBe('google.dev');
  });

  it('has a suffix whose zone denies the random name, without another control', async () => {
    const script = { corp: kept, 'RANDOM.corp': replied({ rcode: 'NXDOMAIN', zone: 'corp' }), '': exists };
    const { askWitness, asked, standing } = canariesFor('corp', script);
    const evidence = [expect.stringMatching(/\.corp does not exist$/)];
    expect(await askWitness()).toMatchObject({ suffix: 'exists', random: 'denied', evidence });
    expect(standing).toMatchObject({ controlName: 'corp', hasSuffix: false, hasDenied: kept === denial });
    expect(asked).toEqual(['NS corp 2 tries', 'A RANDOM.corp', 'NS .']);
  });

  it('has the suffix proved by its zone as well if it does not say whether it knows the root', async () => {
    const script = { corp: kept, 'RANDOM.corp': replied({ rcode: 'NXDOMAIN', zone: 'corp' }), '': refusal };
    expect(await canariesFor('corp', script).askWitness()).toMatchObject({ suffix: 'exists' });
  });
});

describe('a single label that a stub resolver looks for in its neighbourhood, for seconds', () => {
  const afterWait = async (script: Script, suffix: string) => {
    const played = canariesFor(suffix, script);
    const witness = played.askWitness();
    // It waits once the random name has been denied.
    await new Promise(setImmediate);
    expect(played.waits).toHaveLength(1);
    for (const resolve of played.waits) resolve();
    return { ...played, witness: await witness };
  };

  it('is replaced by a name below it', async () => {
    const script: Script = { dev: 'never', 'RANDOM.dev': denialByDev, 'nic.dev': exists, '': exists };
    const { witness, asked, standing } = await afterWait(script, 'dev');
    expect(witness).toMatchObject({ suffix: 'exists', random: 'denied' });
    expect(standing).toMatchObject({ controlName: 'nic.dev', hasSuffix: false });
    expect(asked).toEqual([
      ...['NS dev 2 tries', 'A RANDOM.dev'],
      ...['NS nic.dev', 'NS google.dev', 'NS .'],
    ]);
  });

  it('is proved by the denial of the random name if no name below it is known', async () => {
    const denialByCorp = replied({ rcode: 'NXDOMAIN', zone: 'corp' });
    const script: Script = { corp: 'never', 'RANDOM.corp': denialByCorp, '': exists };
    expect((await afterWait(script, 'corp')).witness).toMatchObject({ suffix: 'exists', random: 'denied' });
  });

  it.each<[string, string, Script]>([
    ['if the denial of the random name does not prove it', 'dev', { dev: exists }],
    ['if it has two labels', 'co.uk', { 'co.uk': exists, 'RANDOM.co.uk': denialByDev }],
  ])('has all of its time %s', async (_, suffix, script) => {
    const { askWitness, waits } = canariesFor(suffix, script);
    await askWitness();
    expect(waits).toEqual([]);
  });
});

describe('the beginning of a witness', () => {
  it('is the place of the later of its two queries, as far as they were answered', async () => {
    // The first question has place 1; its query has place 2, and that of the second one place 4.
    expect(await canariesFor('dev', { dev: exists }).askWitness()).toMatchObject({ begun: 4 });
  });

  it('does not depend on the name that replaces the suffix if the denial of the random name proves the suffix', async () => {
    const script = { dev: denial, 'RANDOM.dev': denialByDev, 'nic.dev': exists, '': exists };
    expect(await canariesFor('dev', script).askWitness()).toMatchObject({ begun: 4 });
  });

  it('is otherwise the place of the name that replaces the suffix', async () => {
    // It is asked for after the two queries, which have the places up to 5.
    const { askWitness } = canariesFor('dev', { dev: denial, 'nic.dev': exists, '': exists });
    expect((await askWitness()).begun).toBeGreaterThan(5);
  });
});

describe('the denial of a single label stands', () => {
  it('if no name below it exists and no zone denies the random name', async () => {
    const { askWitness, asked } = canariesFor('dev', { '': exists });
    expect(await askWitness()).toMatchObject({
      suffix: 'denied',
      evidence: ['dev does not exist', expect.anything()],
    });
    expect(asked.slice(2)).toEqual(['NS nic.dev', 'NS google.dev', 'NS .']);
  });

  it('if the server denies the root, whatever zone denies the random name', async () => {
    const { askWitness } = canariesFor('dev', { 'RANDOM.dev': denialByDev });
    expect(await askWitness()).toMatchObject({ suffix: 'denied' });
  });

  it('if it comes from the zone of the suffix itself, which is a contradiction', async () => {
    const { askWitness } = canariesFor('dev', { dev: denialByDev, 'RANDOM.dev': denialByDev, '': exists });
    expect(await askWitness()).toMatchObject({ suffix: 'denied' });
  });

  it('if the server has the suffix the next time, as its lie is over', async () => {
    const { askWitness, standing } = canariesFor('dev', {
      dev: [denial, exists],
      'nic.dev': exists,
      '': exists,
    });
    expect(await askWitness()).toMatchObject({ suffix: 'denied' });
    expect(standing).toMatchObject({ controlName: 'dev', hasSuffix: true });
  });

  it('if the server refuses it the next time, so that its habit is not known yet', async () => {
    const { askWitness, standing } = canariesFor('dev', {
      dev: [denial, refusal],
      'nic.dev': exists,
      '': exists,
    });
    expect(await askWitness()).toMatchObject({ suffix: 'denied' });
    expect(standing.controlName).toBe('dev');
  });

  it('without more questions if the random name has no answer', async () => {
    const { askWitness, asked } = canariesFor('dev', { 'RANDOM.dev': refusal });
    expect(await askWitness()).toMatchObject({ suffix: 'denied', random: 'unanswered' });
    expect(asked).toHaveLength(2);
  });
});

describe('a single label that has no answer', () => {
  it('is asked for with all tries if nothing else proves it', async () => {
    const { askWitness, asked } = canariesFor('corp', { corp: refusal, '': exists });
    expect(await askWitness()).toMatchObject({ suffix: 'unanswered', failure: 'REFUSED' });
    expect(asked).toEqual(['NS corp 2 tries', 'A RANDOM.corp', 'NS .', 'NS corp']);
  });

  it('is denied if it is denied then', async () => {
    const { askWitness, standing } = canariesFor('corp', { corp: [refusal, denial], '': exists });
    expect(await askWitness()).toMatchObject({ suffix: 'denied' });
    expect(standing.hasSuffix).toBe(false);
  });

  it('stays without an answer if the server denies it the next time', async () => {
    const { askWitness, standing } = canariesFor('dev', {
      dev: [refusal, denial],
      'nic.dev': exists,
      '': exists,
    });
    expect(await askWitness()).toMatchObject({ suffix: 'unanswered' });
    expect(standing.controlName).toBe('dev');
  });

  it.each<[string, string, Script]>([
    ['with all tries', 'corp', { corp: [refusal, exists], '': exists }],
    ['the next time', 'dev', { dev: [refusal, exists], 'nic.dev': exists, '': exists }],
  ])(
    'but has one %s has both canaries asked again, as they must be of the same time',
    async (_, suffix, script) => {
      const { askWitness, asked, standing } = canariesFor(suffix, script);
      expect(await askWitness()).toMatchObject({ suffix: 'exists', random: 'denied' });
      expect(standing).toMatchObject({ controlName: suffix, hasSuffix: true });
      expect(asked.slice(-2)).toEqual([`NS ${suffix}`, `A RANDOM.${suffix}`]);
    },
  );

  it('does not make it forgotten that the server answered for the first random name', async () => {
    const script = { corp: [refusal, exists], 'RANDOM.corp': [exists, denial], '': exists };
    expect(await canariesFor('corp', script).askWitness()).toMatchObject({
      suffix: 'exists',
      random: 'exists',
    });
  });
});

describe('the question about the root', () => {
  it.each([
    ['exists', exists, { knowsRoot: true, rootFailure: undefined }],
    ['is denied', denial, { knowsRoot: false, rootFailure: undefined }],
    ['has no answer', refusal, { knowsRoot: undefined, rootFailure: 'REFUSED' }],
  ])('tells whether a server knows the root: it %s', async (_, outcome, expected) => {
    const { canaries, standing } = canariesFor('dev', { '': outcome });
    await canaries.askRoot(standing.server);
    expect(standing.server).toMatchObject(expected);
  });

  it('is asked once, even if many ask at the same time', async () => {
    const { canaries, standing, asked } = canariesFor('dev', { '': exists });
    await Promise.all([canaries.askRoot(standing.server), canaries.askRoot(standing.server)]);
    await canaries.askRoot(standing.server);
    expect(asked).toEqual(['NS .']);
  });
});
