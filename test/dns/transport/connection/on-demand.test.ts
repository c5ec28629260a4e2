import { describe, expect, it, vi } from 'vitest';
import { onDemand } from '../../../../src/dns/transport/connection/on-demand.js';
import type { OpenTransport } from '../../../../src/dns/transport/transport.js';
import { systemError } from '../../../helpers/fake-sockets.js';
import { createContext, createRecordingTransport, queryFor } from '../played.js';

const endpoint = { url: 'tls://192.0.2.1:853', address: '192.0.2.1', port: 853 };

/** Opens a transport on demand. The test decides what comes of each attempt to load its module. */
function start() {
  const context = createContext();
  const loaded = createRecordingTransport(7);
  const open = vi.fn(() => loaded);
  const loads: { succeed: () => Promise<void>; fail: (error: unknown) => Promise<void> }[] = [];
  const load = () =>
    new Promise<OpenTransport>((resolve, reject) => {
      const afterwards = () => new Promise<void>((done) => void setImmediate(done));
      loads.push({
        succeed: () => {
          resolve(open);
          return afterwards();
        },
        fail: (error) => {
          reject(error);
          return afterwards();
        },
      });
    });
  const transport = onDemand(load)(endpoint, context);
  return { context, transport, loaded, open, loads };
}

describe('a transport on demand', () => {
  it('is loaded at once, and takes any number of queries until then', () => {
    const { transport, loads } = start();
    expect(loads).toHaveLength(1);
    expect([transport.kind, transport.capacity(true)]).toEqual(['stream', Number.POSITIVE_INFINITY]);
  });

  it('sends the queries that were asked while it was loaded, other than those that were forgotten', async () => {
    const { transport, loaded, loads } = start();
    const [first, second, third] = [queryFor('x1.dev'), queryFor('x2.dev'), queryFor('x3.dev')];
    for (const query of [first, second, third]) transport.ask(query);
    transport.forget(second);
    await loads[0]?.succeed();
    expect(loaded.calls).toEqual(['ask x1.dev', 'ask x3.dev']);
    expect(loads).toHaveLength(1);
  });

  it('passes everything on once it is loaded', async () => {
    const { context, transport, loaded, open, loads } = start();
    await loads[0]?.succeed();
    expect(open.mock.calls).toEqual([[endpoint, context]]);
    const query = queryFor('x.dev');
    transport.ask(query);
    transport.suspect(query, 5);
    transport.forget(query);
    expect(loaded.calls).toEqual(['ask x.dev', 'suspect x.dev of 5 ms', 'forget x.dev']);
    expect(transport.capacity(true)).toBe(7);
    transport.close();
    expect(loaded.isClosed).toBe(true);
  });

  it('is not opened if it is closed while it is loaded', async () => {
    const { transport, open, loads } = start();
    transport.ask(queryFor('x.dev'));
    transport.close();
    await loads[0]?.succeed();
    expect(open).not.toHaveBeenCalled();
  });

  it('fails its queries if it cannot be loaded, and is loaded again for the next one', async () => {
    const { context, transport, loaded, loads } = start();
    transport.ask(queryFor('x1.dev'));
    await loads[0]?.fail(systemError('EMFILE'));
    expect(context.outcomes).toEqual([
      {
        name: 'x1.dev',
        outcome: { failure: `too many open files to reach ${endpoint.url}`, server: endpoint.url },
      },
    ]);
    transport.ask(queryFor('x2.dev'));
    expect(loads).toHaveLength(2);
    await loads[1]?.succeed();
    expect(loaded.calls).toEqual(['ask x2.dev']);
  });

  it('reports nothing if it cannot be loaded after it has been closed, and is not loaded again', async () => {
    const { context, transport, loads } = start();
    transport.ask(queryFor('x1.dev'));
    transport.close();
    await loads[0]?.fail(systemError('EMFILE'));
    transport.ask(queryFor('x2.dev'));
    expect(context.outcomes).toEqual([]);
    expect(loads).toHaveLength(1);
  });
});
