import { describe, expect, it } from 'vitest';
import { startBlogdom } from '../../helpers/built-command.js';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import { fromZone, gate } from '../../helpers/name-server.js';
import { sampleLines, sampleZone } from '../../helpers/sample-zone.js';

describe.concurrent('blogdom without words', () => {
  it('prints the names of the original, each with its mark', async () => {
    const server = await serve(sampleZone);
    const { stdout, stderr, status } = await blogdom(['-s', server.address]);
    expect(sortedLines(stdout)).toEqual(sampleLines);
    expect(stdout.endsWith('\n')).toBe(true);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const asked = new Set(server.queries.map(({ name }) => name));
    // Beside them the two canaries: `dev`, and a random label under it.
    expect(asked.size).toBe(18 + 2);
  });

  it('prints each name when it is known, in the order of the replies', async () => {
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

  it('asks for all names before the first is answered', async () => {
    const { hold, release } = gate();
    const zone = fromZone(sampleZone);
    const server = await serve(() => hold(zone));
    const running = startBlogdom(['-s', server.address, '--no-canary']);
    await server.received(18);
    expect(running.stdout.all()).toBe('');
    release();
    expect(sortedLines((await running.ended).stdout)).toEqual(sampleLines);
  });

  it('does not wait for its standard input', async () => {
    const server = await serve(sampleZone);
    const running = startBlogdom(['-s', server.address]);
    expect((await running.ended).status).toBe(0);
  });

  it('has no more names in flight than --concurrency says', async () => {
    const { hold, release } = gate();
    const zone = fromZone(sampleZone);
    const inFlight = new Set<string>();
    let most = 0;
    const server = await serve(({ name, attempt }) => {
      if (attempt === 1) inFlight.add(name);
      most = Math.max(most, inFlight.size);
      return hold([zone, () => inFlight.delete(name)]);
    });
    const running = startBlogdom(['-s', server.address, '--no-canary', '-c', '3']);
    const names = () => [...new Set(server.queries.map(({ name }) => name))];
    for (let printed = 0; printed < 18; printed++) {
      await server.received(Math.min(printed + 3, 18));
      release(names()[printed]);
      await running.stdout.nextLine();
    }
    expect(most).toBe(3);
    expect((await running.ended).status).toBe(0);
  });
});
