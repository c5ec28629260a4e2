import { describe, expect, it } from 'vitest';
import { openSystem } from '../../../src/dns/transport/system.js';
import { askEach, openWithCallbacks } from './connecting.js';

describe('a transport over getaddrinfo', () => {
  it('finds the addresses of a name in the hosts file, each once', async () => {
    const transport = openWithCallbacks((context) =>
      openSystem({ url: 'system', address: '', port: 0 }, context),
    );
    const [addresses = ''] = await askEach(transport, ['localhost']);
    const found = addresses.split(' ');
    expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining(found));
    expect(found).toHaveLength(new Set(found).size);
  });
});
