import { describe, expect, it } from 'vitest';
import { denial } from '../../helpers/answers.js';
import { canariesFor, exists, refusal } from './scripted.js';

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
