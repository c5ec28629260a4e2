import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { createSiblings } from '../../../src/probe/trust/siblings.js';
import { answerWith, denial, failed, primary, secondary } from '../../helpers/answers.js';
import { createSeededRandom } from '../../simulation/random.js';

/** Siblings that are answered in order of the questions, the first one at place 1 and each two places later. */
function siblingsWith(...outcomes: readonly Outcome[]) {
  const asked: string[] = [];
  const siblings = createSiblings(async ({ name, type }, server) => {
    const sent = 2 * asked.push(`${type} ${name.replace(/^[a-z][a-z0-9]{23,39}/, 'RANDOM')} ${server}`) - 1;
    return answerWith(outcomes[asked.length - 1] ?? denial, { sent, received: sent + 1 });
  }, createSeededRandom(1));
  return { siblings, asked };
}

describe('a random name beside other names', () => {
  it('is asked for once for each parent, type and server', async () => {
    const { siblings, asked } = siblingsWith();
    for (const _time of ['first', 'second']) {
      await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0);
      await siblings.ask({ parent: 'co.uk', type: 'NS' }, primary, 0);
      await siblings.ask({ parent: 'co.uk', type: 'A' }, secondary, 0);
      await siblings.ask({ parent: 'org.uk', type: 'A' }, primary, 0);
    }
    expect(asked).toEqual([
      `A RANDOM.co.uk ${primary}`,
      `NS RANDOM.co.uk ${primary}`,
      `A RANDOM.co.uk ${secondary}`,
      `A RANDOM.org.uk ${primary}`,
    ]);
  });

  it('is another one for each number, below it and with the records of DNSSEC', async () => {
    const { siblings, asked } = siblingsWith();
    const question = { parent: 'co.uk', type: 'A' } as const;
    for (const _time of ['first', 'second']) {
      await siblings.ask({ ...question, index: 0 }, primary, 0);
      await siblings.ask({ ...question, index: 1 }, primary, 0);
      await siblings.ask({ ...question, flags: { wantsDnssec: true } }, primary, 0);
      const { name } = await siblings.ask({ ...question, isBelow: true }, primary, 0);
      expect(name).toMatch(new RegExp(`^${siblings.belowLabel}\\.[a-z][a-z0-9]{23,39}\\.co\\.uk$`));
    }
    expect(asked).toHaveLength(4);
  });

  it('has the answer of the server', async () => {
    const { siblings } = siblingsWith(denial);
    const { name, answer } = await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0);
    expect(name).toMatch(/^[a-z][a-z0-9]{23,39}\.co\.uk$/);
    expect(answer.outcome).toBe(denial);
  });

  it('is asked for once by names that ask at the same time', async () => {
    const { siblings, asked } = siblingsWith();
    const [one, other] = await Promise.all([
      siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0),
      siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0),
    ]);
    expect(one).toBe(other);
    expect(asked).toHaveLength(1);
  });

  it('is asked for again if it had no answer, once for all that wait', async () => {
    const { siblings, asked } = siblingsWith(failed('no reply'), denial);
    await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0);
    const both = await Promise.all([
      siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0),
      siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0),
    ]);
    expect(both.map(({ answer }) => answer.outcome)).toEqual([denial, denial]);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again if the server has answered in another way since', async () => {
    const { siblings, asked } = siblingsWith();
    await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0);
    await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 0);
    expect(asked).toHaveLength(1);
    await siblings.ask({ parent: 'co.uk', type: 'A' }, primary, 1);
    expect(asked).toHaveLength(2);
  });

  it('is forgotten if 10,000 others have been asked for since', async () => {
    const { siblings, asked } = siblingsWith();
    for (let index = 0; index <= 10_000; index++)
      await siblings.ask({ parent: `x${index}.uk`, type: 'A' }, primary, 0);
    await siblings.ask({ parent: 'x1.uk', type: 'A' }, primary, 0);
    expect(asked).toHaveLength(10_001);
    await siblings.ask({ parent: 'x0.uk', type: 'A' }, primary, 0);
    expect(asked).toHaveLength(10_002);
  });
});
