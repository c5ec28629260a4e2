import { describe, expect, it, vi } from 'vitest';
import type { DasService } from '../../../../src/registries/das/services.js';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import { serveDas, status } from '../../../helpers/das-server.js';
import { honest } from '../../../helpers/honest.js';
import { answer, deny } from '../../../helpers/name-server.js';
import { confirmBy } from '../../../helpers/rdap-server/registries.js';

// The real services would lead away from this machine.
const services = vi.hoisted(() => ({}) as Record<string, DasService>);
vi.mock('../../../../src/registries/das/services.js', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../../../src/registries/das/services.js')>()),
  dasServices: services,
}));

describe('blogdom --confirm at a registry with an availability service', () => {
  it('goes by the word of the service', async () => {
    const words: Readonly<Record<string, string>> = { a: 'registered', b: 'reserved', c: 'available' };
    const service = await serveDas((socket, question) => {
      const [, word = ''] = / (\w+)\.lt$/.exec(question) ?? [];
      status(words[word] ?? 'pendingDelete')(socket, question);
    });
    services['lt'] = service.service;
    const server = await serve(honest(({ name }) => (name === 'live.lt' ? answer('192.0.2.1') : deny)));
    const { args, env } = await confirmBy({});
    const argv = ['-s', server.address, ...args, '-t', 'lt', 'a', 'b', 'ccc', 'c', 'live'];
    const { stdout, stderr } = await blogdom(argv, { env });
    expect(sortedLines(stdout)).toEqual([
      '  ccc.lt  could not be confirmed: its registry says: pending delete',
      '* c.lt  may be reserved',
      '+ live.lt',
      '~ a.lt  registered',
      '~ b.lt  its registry says: reserved',
    ]);
    expect(stderr).toBe('');
    expect(service.questions).toHaveLength(4);
  });
});
