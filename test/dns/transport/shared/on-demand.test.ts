import { describe, expect, it, vi } from 'vitest';
import { onDemand } from '../../../../src/dns/transport/shared/on-demand.js';
import type { Query } from '../../../../src/dns/transport/transport.js';

const endpoint = { url: 'tls://192.0.2.1:853', address: '192.0.2.1', port: 853 };
const query = (name: string): Query => ({ question: { name, type: 'A' }, id: 0, reliable: false });

/** Opens a transport on demand. `load` finishes loading it. */
function start() {
  const loaded = { reliable: true, enforcesTimeout: false, ask: vi.fn(), forget: vi.fn(), close: vi.fn() };
  const open = vi.fn(() => loaded);
  let finish = () => {};
  const loading = new Promise<typeof open>((resolve) => {
    finish = () => resolve(open);
  });
  const transport = onDemand(() => loading)(endpoint, 1000, () => {});
  const load = async () => {
    finish();
    await loading;
    await Promise.resolve();
  };
  return { transport, loaded, open, load };
}

describe('a transport on demand', () => {
  it('sends queries that were asked while it was loading, unless they have been forgotten', async () => {
    const { transport, loaded, load } = start();
    const [first, forgotten, third] = [query('a.dev'), query('b.dev'), query('c.dev')];
    for (const each of [first, forgotten, third]) transport.ask(each);
    transport.forget(forgotten);
    expect(first.reliable).toBe(true);
    await load();
    expect(loaded.ask.mock.calls).toEqual([[first], [third]]);
  });

  it('passes everything on once it is loaded', async () => {
    const { transport, loaded, load } = start();
    await load();
    const asked = query('a.dev');
    transport.ask(asked);
    transport.forget(asked);
    transport.close();
    expect([loaded.ask.mock.calls, loaded.forget.mock.calls]).toEqual([[[asked]], [[asked]]]);
    expect(loaded.close).toHaveBeenCalledOnce();
  });

  it('is never opened if it is closed while it is loading', async () => {
    const { transport, open, load } = start();
    transport.ask(query('a.dev'));
    transport.close();
    await load();
    expect(open).not.toHaveBeenCalled();
  });

  it('fails its queries if it cannot be loaded, and is loaded again for the next one', async () => {
    const loaded = { reliable: true, enforcesTimeout: false, ask: vi.fn(), forget: vi.fn(), close: vi.fn() };
    const load = vi
      .fn<() => Promise<() => typeof loaded>>()
      .mockRejectedValueOnce(Object.assign(new Error('open'), { code: 'EMFILE' }))
      .mockResolvedValue(() => loaded);
    const settled = vi.fn();
    const transport = onDemand(load)(endpoint, 1000, settled);
    const [first, second] = [query('a.dev'), query('b.dev')];
    transport.ask(first);
    await vi.waitFor(() => expect(settled).toHaveBeenCalledOnce());
    const failure = `too many open files to reach ${endpoint.url}`;
    expect(settled).toHaveBeenCalledWith(first, { failure, server: endpoint.url });
    transport.ask(second);
    await vi.waitFor(() => expect(loaded.ask.mock.calls).toEqual([[second]]));
  });
});
