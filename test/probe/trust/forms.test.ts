import { describe, expect, it } from 'vitest';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { address } from '../../helpers/answers.js';
import { canariesFor } from './scripted.js';
import { witnessWith } from './standings.js';

describe('a test of a form to which even long names are answered', () => {
  const everything = { 'RANDOM.dev': address, 'SIMILAR.dev': address };

  it('shows that a server has begun to answer for any name, if its last witness was right', async () => {
    const { canaries, standing } = canariesFor('dev', everything);
    takeWitness(standing.epoch, witnessWith());
    await canaries.askForm(standing, 'a1b.dev');
    expect(standing.server.changedAt).toBeGreaterThan(0);
    expect(standing.isByForm).toBe(false);
  });

  it('says nothing new of a server that answers for any name', async () => {
    const { canaries, standing } = canariesFor('dev', everything);
    takeWitness(standing.epoch, witnessWith({ random: 'exists' }));
    await canaries.askForm(standing, 'a1b.dev');
    expect(standing.server.changedAt).toBe(0);
  });
});
