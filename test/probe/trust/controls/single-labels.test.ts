import { describe, expect, it } from 'vitest';
import { denial, replied } from '../../../helpers/answers.js';
import { canariesFor, denialByDev, exists, refusal, type Script } from '../scripted.js';

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
