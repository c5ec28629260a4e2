import { describe, expect, it } from 'vitest';
import { createCommand } from '../../../src/commands/blogdom/command.js';
import { offerOf } from '../../../src/commands/shared/completion/offer.js';

describe('what completion offers for blogdom', () => {
  const { options } = offerOf(createCommand(), []);
  const offerFor = (name: string) => options.find(({ long }) => long === name)?.value;

  it('has a description of each option that is whole, and fits beside it on a terminal of 80 columns', () => {
    for (const { description } of options) {
      expect(description).not.toMatch(/(^| )(an?|and|as|for|in|of|or|the|to|with)$/);
      // zsh has this room beside the longest option.
      expect(description.length).toBeLessThanOrEqual(54);
    }
  });

  it.each([
    ['--language', 'use the reserved words of these languages'],
    ['--quiet', 'no progress, summary or notes'],
    ['--confirm', 'ask the registries about absent and unknown names'],
    ['--sort', 'print all results at the end'],
  ])('shortens the description of %s to %s', (name, description) => {
    expect(options.find(({ long }) => long === name)?.description).toBe(description);
  });

  it('has groups of domains first, and single ones only if something has been typed', () => {
    const value = offerFor('--tld');
    expect(value?.choices).toContain('popular');
    expect(value?.choices).not.toContain('com');
    expect(value?.moreChoices).toContain('com');
    expect(value?.moreChoices).not.toContain('blog');
  });

  it('has the value of an option that may be without one', () => {
    expect(offerFor('--confirm')).toMatchObject({ choices: ['all'], isOptional: true });
    expect(offerFor('--format')).toMatchObject({ isOptional: false });
  });
});
