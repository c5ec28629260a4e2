import { expect, it } from 'vitest';
import { overTcp } from '../../../src/dns/transport/tcp.js';

it('the endpoint of a server over TCP has the same address and port', () => {
  const endpoint = { url: 'udp://192.0.2.1:5353', address: '192.0.2.1', port: 5353 };
  expect(overTcp(endpoint)).toEqual({ ...endpoint, url: 'tcp://192.0.2.1:5353' });
});
