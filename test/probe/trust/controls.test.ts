import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../src/probe/trust/standing.js';
import { replied } from '../../helpers/answers.js';
import { canariesFor, exists, refusal, type Script } from './scripted.js';

describe('a name below the suffix that is the control', () => {
  const withControl = (script: Script, others: { existing?: string[]; serverNames?: string[] } = {}) => {
    const played = canariesFor('dev', script);
    const { standing } = played;
    standing.controlName = 'live.dev';
    standing.names.existing.push(...(others.existing ?? []));
    standing.serverNames = others.serverNames ?? [];
    return played;
  };
  const known = { existing: ['live.dev', 'a.dev', 'b.dev'], serverNames: ['ns1.dev', 'ns2.dev'] };

  it('shows that names below the suffix are answered', async () => {
    const { askWitness, standing } = withControl({ 'live.dev': exists });
    expect(await askWitness()).toMatchObject({ suffix: 'exists', below: 'exists' });
    expect(standing.hasSuffix).toBe(false);
  });

  it('is replaced by another one if it is denied, as it may have been deleted', async () => {
    const { askWitness, standing, asked } = withControl({ 'b.dev': exists }, known);
    expect(await askWitness()).toMatchObject({ suffix: 'exists', below: 'exists' });
    expect(standing.controlName).toBe('b.dev');
    // At most four others are known, among them the control itself.
    expect(asked.slice(2)).toEqual(['A a.dev', 'A b.dev', 'A ns1.dev']);
  });

  it('stays the control if all others are denied, too, and the suffix is asked for', async () => {
    const { askWitness, standing, asked } = withControl({ dev: exists }, known);
    expect(await askWitness()).toMatchObject({ suffix: 'exists', below: 'denied' });
    expect(standing.controlName).toBe('live.dev');
    expect(asked.at(-1)).toBe('NS dev');
  });

  it('is not replaced if it has no answer', async () => {
    const { askWitness, asked } = withControl({ 'live.dev': refusal }, known);
    expect(await askWitness()).toMatchObject({ suffix: 'unanswered', below: 'unanswered' });
    expect(asked).toHaveLength(2);
  });
});

describe('the name servers of a suffix', () => {
  it('are kept if they are below it', async () => {
    const serverNames = ['a.nic.dev', 'ns.example', 'nsdev'];
    const { askWitness, standing } = canariesFor('dev', { dev: replied({ nameServers: true, serverNames }) });
    await askWitness();
    expect(standing.serverNames).toEqual(['a.nic.dev']);
  });

  it('are unknown if the server does not tell', async () => {
    const { askWitness, standing } = canariesFor('dev', { dev: refusal, '': exists });
    standing.serverNames = ['a.nic.dev'];
    await askWitness();
    expect(standing.serverNames).toEqual([]);
  });
});

describe('a common name', () => {
  const firstWitness = async (suffixName: string, script: Script, change: Partial<Standing> = {}) => {
    const { askWitness, standing, asked } = canariesFor(suffixName, script);
    Object.assign(standing, change);
    standing.schedule.asked = 1;
    await askWitness();
    await new Promise(setImmediate);
    return { asked, standing };
  };

  it('is asked for with the first witness under a suffix that IANA lists, and shows that names there are answered', async () => {
    const { asked, standing } = await firstWitness('dev', { dev: exists, 'nic.dev': exists });
    expect(asked).toEqual(['NS dev 2 tries', 'A RANDOM.dev', 'A nic.dev']);
    expect(standing.answered).toBe('nic.dev');
  });

  it('does not replace a name that has been answered', async () => {
    const change = { answered: 'live.dev' };
    const { standing } = await firstWitness('dev', { dev: exists, 'nic.dev': exists }, change);
    expect(standing.answered).toBe('live.dev');
  });

  it('shows nothing if it does not exist', async () => {
    const { asked, standing } = await firstWitness('dev', { dev: exists });
    expect(asked).toContain('A nic.dev');
    expect(standing.answered).toBeUndefined();
  });

  it.each<[string, string, Partial<Standing>]>([
    ['under another suffix', 'corp', {}],
    ['if the control is a name below the suffix', 'dev', { controlName: 'live.dev' }],
  ])('is not asked for %s', async (_, suffixName, change) => {
    const script = { [suffixName]: exists, 'live.dev': exists };
    const { asked } = await firstWitness(suffixName, script, change);
    expect(asked.filter((each) => each.startsWith('A nic'))).toEqual([]);
  });

  it('is not asked for with later witnesses', async () => {
    const { askWitness, asked, standing } = canariesFor('dev', { dev: exists });
    standing.schedule.asked = 2;
    await askWitness();
    expect(asked).toHaveLength(2);
  });
});
