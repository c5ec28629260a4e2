import { describe, expect, it } from 'vitest';
import { makeAuthority, type Subject } from '../../helpers/certificate.js';
import type * as act from '../../helpers/name-server.js';
import { listenRaw } from '../../helpers/raw-server.js';
import { nobody } from '../../helpers/serve.js';
import {
  askEach,
  connectTo,
  endpointOf,
  manyNames,
  one,
  outcomeOf,
  serveOver,
  urlOf,
  useAuthority,
} from './connecting.js';

const trusted = useAuthority();

describe.each(['tls', 'https'] as const)('the certificate of a server asked over %s', (scheme) => {
  const start = async (subject: Subject) =>
    serveOver(scheme, await trusted.authority().issue(subject), () => one);
  const ask = (server: Pick<act.NameServer, 'address'>, certificateHost?: string) => {
    const endpoint = { ...endpointOf(scheme, server), certificateHost };
    const transport = connectTo(scheme, endpoint, trusted.authority());
    return { url: endpoint.url, answers: askEach(transport, ['x.dev']) };
  };

  it.each([
    ['its address', { dnsNames: [], addresses: ['127.0.0.1'] }, undefined],
    ['the host name given with its address', { dnsNames: ['dns.example'], addresses: [] }, 'dns.example'],
    ['all hosts of a domain', { dnsNames: ['*.dns.example'], addresses: [] }, 'one.dns.example'],
  ])('may be valid for %s', async (_what, subject, host) => {
    expect(await ask(await start(subject), host).answers).toEqual(['192.0.2.1']);
  });

  it('may be valid for a host name that the system resolves', async () => {
    const server = await start({ dnsNames: ['localhost'], addresses: [] });
    expect(await ask({ address: `localhost:${server.port}` }).answers).toEqual(['192.0.2.1']);
  });

  it.each([
    ['another address', { dnsNames: ['localhost'], addresses: ['127.0.0.9'] }, undefined],
    ['another host', { dnsNames: ['other.example'], addresses: ['127.0.0.1'] }, 'dns.example'],
    ['the address alone if a host name is given', { dnsNames: [], addresses: ['127.0.0.1'] }, 'dns.example'],
  ])('must not be valid only for %s', async (_what, subject, host) => {
    const server = await start(subject);
    const { url, answers } = ask(server, host);
    expect(await answers).toEqual([`certificate for another host at ${url}`]);
    expect(server.queries).toEqual([]);
  });

  it('must not have expired', async () => {
    const server = await start({ until: new Date(Date.now() - 60_000) });
    const { url, answers } = ask(server);
    expect(await answers).toEqual([`expired certificate at ${url}`]);
    expect(server.queries).toEqual([]);
  });

  it('must not be from an unknown issuer', async () => {
    const stranger = await makeAuthority();
    try {
      const server = await serveOver(scheme, await stranger.issue(), () => one);
      const { url, answers } = ask(server);
      expect(await answers).toEqual([`certificate from an unknown issuer at ${url}`]);
      expect(server.queries).toEqual([]);
    } finally {
      await stranger.remove();
    }
  });

  it('fails all queries after one connection if it is not valid', async () => {
    const server = await start({ addresses: [] });
    const endpoint = endpointOf(scheme, server);
    const names = manyNames(50);
    const answers = await askEach(connectTo(scheme, endpoint, trusted.authority()), names);
    expect(answers).toEqual(names.map(() => `certificate for another host at ${endpoint.url}`));
    expect(server.connections).toBe(1);
  });
});

describe.each(['tls', 'https'] as const)('a failure over %s', (scheme) => {
  /** Asks twice, one query after the other. */
  const ask = async (address: string) => {
    const transport = connectTo(scheme, endpointOf(scheme, { address }), trusted.authority());
    return [await outcomeOf(transport, 'x.dev'), await outcomeOf(transport, 'x.dev')];
  };

  it('is permanent if the certificate is not valid', async () => {
    const server = await serveOver(scheme, await trusted.authority().issue({ addresses: [] }), () => one);
    const [first] = await ask(server.address);
    expect(first).toMatchObject({ isPermanent: true });
  });

  it('is permanent if the server does not speak TLS, twice', async () => {
    const plain = await listenRaw((socket) => socket.end('220 ready\r\n'));
    const failure = `no TLS at ${urlOf(scheme, plain)}`;
    const [first, second] = await ask(plain.address);
    expect(first).toMatchObject({ failure });
    expect(first).not.toHaveProperty('isPermanent');
    expect(second).toMatchObject({ failure, isPermanent: true });
  });

  it('is permanent if the server speaks another protocol over TLS, twice', async () => {
    const other = scheme === 'tls' ? 'https' : 'tls';
    const server = await serveOver(other, trusted.certificate(), () => one);
    const [, second] = await ask(server.address);
    expect(second).toMatchObject({ isPermanent: true });
  });

  it('may pass if nothing is listening', async () => {
    const [, second] = await ask((await nobody()).address);
    expect(second).not.toHaveProperty('isPermanent');
  });

  it('may pass if the connection is closed during the handshake', async () => {
    const closing = await listenRaw((socket) => socket.destroy());
    const [, second] = await ask(closing.address);
    expect(second).not.toHaveProperty('isPermanent');
  });
});
