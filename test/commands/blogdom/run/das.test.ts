import { afterAll, describe, expect, it } from 'vitest';
import { type DasService, dasServices } from '../../../../src/registries/das/services.js';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import { serveDas, status } from '../../../helpers/das-server.js';
import { honest } from '../../../helpers/honest.js';
import { answer, deny } from '../../../helpers/name-server.js';
import { confirmBy } from '../../../helpers/rdap-server/registries.js';

// A suffix that does not exist: the real services would lead away from this machine.
const suffix = 'das-test';
const open = (service: DasService) => void Object.assign(dasServices, { [suffix]: service });
afterAll(() => void Reflect.deleteProperty(dasServices, suffix));

describe('blogdom --confirm at a registry with an availability service', () => {
  it('goes by the word of the service', async () => {
    const words: Readonly<Record<string, string>> = {
      a: 'registered',
      b: 'reserved',
      c: 'available',
      live: 'registered',
    };
    const service = await serveDas((socket, question) => {
      const [, word = ''] = / (\w+)\.das-test$/.exec(question) ?? [];
      status(words[word] ?? 'pendingDelete')(socket, question);
    });
    open(service.service);
    const server = await serve(honest(({ name }) => (name === 'live.das-test' ? answer('192.0.2.1') : deny)));
    const { args, env } = await confirmBy({});
    const argv = ['-s', server.address, ...args, '-t', `.${suffix}`, 'a', 'b', 'ccc', 'c', 'live'];
    const { stdout, stderr } = await blogdom(argv, { env });
    expect(sortedLines(stdout)).toEqual([
      '* c.das-test',
      '+ live.das-test',
      '~ a.das-test  registered',
      '~ b.das-test  its registry says: reserved',
      '~ ccc.das-test  its registry says: pending delete',
    ]);
    expect(stderr).toBe('');
    expect(service.questions).toHaveLength(5);
  });
});
