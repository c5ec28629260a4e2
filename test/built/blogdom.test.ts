import { describe, expect, it } from 'vitest';
import { startBlogdom } from '../helpers/built-command.js';
import { serve } from '../helpers/command.js';
import { fromZone, gate } from '../helpers/name-server.js';
import { sampleLines, sampleZone } from '../helpers/sample-zone.js';

describe.concurrent('the built command', () => {
  it('prints the 18 names of the original, does not wait for standard input, and ends with status 0', async () => {
    const server = await serve(sampleZone);
    const { stdout, stderr, status } = await startBlogdom(['-s', server.address]).ended;
    expect(stdout.split('\n').toSorted()).toEqual(['', ...sampleLines]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints each result as soon as its reply is there', async () => {
    const { hold, release } = gate();
    const zone = fromZone(sampleZone);
    const server = await serve(() => hold(zone));
    const running = startBlogdom(['-s', server.address, '--no-canary']);
    for (const line of sampleLines.toReversed()) {
      release(line.slice(2));
      expect(await running.stdout.nextLine()).toBe(line);
    }
    expect((await running.ended).status).toBe(0);
  });
});
