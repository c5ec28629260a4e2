import { describe, expect, it } from 'vitest';
import { failureOf, refusalFrom, replyFrom, truncationOf, urlOf } from '../fakes.js';
import { openFakes } from './open-fakes.js';

const [first, second] = [urlOf(1), urlOf(2)];

/** Opens a resolver of two servers, the first of which has just sent a truncated reply. */
async function truncated() {
  const fakes = openFakes(2);
  const asked = fakes.ask();
  await fakes.pass();
  fakes.received[0]?.end(truncationOf(first));
  await fakes.pass();
  return { ...fakes, asked };
}

describe('a question whose reply is truncated', () => {
  it('is asked again at once over a stream, at the same server', async () => {
    const { received, asked, messages, upstream, pass } = await truncated();
    expect(received).toMatchObject([
      { url: first, needsStream: false },
      { url: first, needsStream: true },
    ]);
    expect(messages).toEqual([`x.dev A: truncated reply; attempt 2: ${first}`]);
    received[1]?.end(replyFrom(first));
    await pass();
    expect(asked.answer).toMatchObject({ outcome: replyFrom(first), tries: 2 });
    expect(upstream(1)).toMatchObject({ answered: 2, inFlight: 0 });
  });

  it('goes to another server if the stream fails', async () => {
    const { received, urls, pass } = await truncated();
    received[1]?.end(failureOf(first));
    await pass();
    expect(urls()).toEqual([first, first, second]);
  });

  it('goes to another server if no reply comes over the stream', async () => {
    const { urls, pass } = await truncated();
    await pass(2000);
    expect(urls().slice(0, 3)).toEqual([first, first, second]);
  });

  it('is asked once more only, at once, if it pauses', async () => {
    const { received, ask, times, pass } = openFakes(1);
    ask();
    await pass(400);
    received[1]?.end(refusalFrom(first));
    received[0]?.end(truncationOf(first));
    await pass(300);
    expect(times()).toEqual([0, 400, 410]);
    expect(received[2]?.needsStream).toBe(true);
  });
});
