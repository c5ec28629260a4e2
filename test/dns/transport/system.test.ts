import { describe, expect, it } from 'vitest';
import { openSystem } from '../../../src/dns/transport/system.js';
import { patient, serverAt } from '../../helpers/resolving.js';
import { askEach, openWithCallbacks } from './connecting.js';

const open = () =>
  openWithCallbacks((settled) => openSystem(serverAt({ address: 'system' }), patient.timeout, settled));

describe('a transport over getaddrinfo', () => {
  it('finds the addresses of a name in the hosts file, each once', async () => {
    const [addresses = ''] = await askEach(open(), ['localhost']);
    const found = addresses.split(' ');
    expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining(found));
    expect(found).toHaveLength(new Set(found).size);
  });

  it.each(['1', '1.2.3', 'x.0x7f'])(
    'does not ask for %s, which getaddrinfo takes for an IP address',
    async (name) => {
      expect(await askEach(open(), [name])).toEqual(['getaddrinfo takes it for an IP address']);
    },
  );
});
