import { describe, expect, it } from 'vitest';
import { denial, replied } from '../../helpers/answers.js';
import { canariesFor, denialByDev, exists, refusal, type Script } from './scripted.js';

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

describe('the beginning of a witness', () => {
  it('is the place of the later of its two queries, as far as they were answered', async () => {
    // The first question has place 1; its query has place 2, and that of the second one place 4.
    expect(await canariesFor('dev', { dev: exists }).askWitness()).toMatchObject({ begun: 4 });
  });

  it('does not depend on a suffix without an answer that the denial of the random name proves', async () => {
    const script = { dev: refusal, 'RANDOM.dev': denialByDev, '': exists };
    expect(await canariesFor('dev', script).askWitness()).toMatchObject({ suffix: 'exists', begun: 4 });
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

describe('a witness with a name in the form of a candidate', () => {
  const withCandidate = (script: Script) => {
    const played = canariesFor('dev', { dev: exists, ...script });
    played.standing.names.sample = 'k8s.dev';
    return played;
  };
  const anAddress = replied({ addresses: ['192.0.2.9'] });

  it('asks for it after the other names', async () => {
    const { askWitness, asked } = withCandidate({});
    expect(await askWitness()).toMatchObject({ suffix: 'exists', random: 'denied' });
    expect(asked).toEqual(['NS dev 2 tries', 'A RANDOM.dev', 'A SIMILAR.dev']);
  });

  it('shows a server that answers by form if that exists without a delegation', async () => {
    const { askWitness, standing } = withCandidate({ 'SIMILAR.dev': anAddress });
    expect(await askWitness()).toMatchObject({ suffix: 'exists', random: 'denied' });
    expect(standing.isByForm).toBe(true);
  });

  it('keeps the denial of the long random name', async () => {
    const { askWitness } = withCandidate({ 'RANDOM.dev': denialByDev });
    expect((await askWitness()).denial).toMatchObject({ zone: 'dev' });
  });

  it('begins before that, as it may be late', async () => {
    // The control has the places 2 and 3, the long name 4 and 5.
    expect(await withCandidate({}).askWitness()).toMatchObject({ begun: 4 });
  });
});

describe('a witness whose control below the suffix is denied, as are all others', () => {
  it.each([
    ['shows whether the suffix exists', exists, 'exists'],
    ['shows whether the suffix is denied', denial, 'denied'],
    ['shows nothing of the suffix if that has no answer', refusal, 'unanswered'],
  ])('%s', async (_, outcome, suffix) => {
    const { askWitness, standing } = canariesFor('dev', { dev: outcome });
    Object.assign(standing, { controlName: 'live.dev', hasSuffix: true });
    expect(await askWitness()).toMatchObject({ suffix, below: 'denied', random: 'denied' });
  });

  it('shows nothing of a single label that has never been answered, as a stub resolver may keep it to itself', async () => {
    const { askWitness, standing } = canariesFor('dev', {});
    standing.controlName = 'live.dev';
    expect(await askWitness()).toMatchObject({ suffix: 'unanswered', below: 'denied' });
  });

  it('shows that a suffix of two labels is denied, which no stub resolver keeps to itself', async () => {
    const { askWitness, standing } = canariesFor('co.uk', {});
    standing.controlName = 'live.co.uk';
    expect(await askWitness()).toMatchObject({ suffix: 'denied', below: 'denied' });
  });
});
