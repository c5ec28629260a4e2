import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { createRegistryLinks } from '../../src/registries/registry-links.js';

const linkOf = createRegistryLinks();

const resultOf = (name: string, ...evidence: readonly string[]): ProbeResult => {
  const dot = name.lastIndexOf('.');
  const parts = { name, word: name.slice(0, dot), tld: name.slice(dot + 1) };
  return { ...parts, status: 'absent', addresses: [], tries: 1, ms: 1, evidence };
};

describe('a link to the registry', () => {
  it('leads to the answer that a registry has given', () => {
    const evidence = [
      'NXDOMAIN from https://1.1.1.1/dns-query',
      'https://rdap.test/x/domain/not.dev: not registered',
    ];
    expect(linkOf(resultOf('not.dev', ...evidence))).toBe('https://rdap.test/x/domain/not.dev');
  });

  it.each([
    ['not.dev', 'https://pubapi.registry.google/rdap/domain/not.dev'],
    ['www.not.dev', 'https://pubapi.registry.google/rdap/domain/not.dev'],
    ['not.com', 'https://rdap.verisign.com/com/v1/domain/not.com'],
    ['not.it', 'https://www.iana.org/domains/root/db/it.html'],
    ['not.es', 'https://www.dominios.es/en'],
    ['not.co.uk', 'https://rdap.nominet.uk/uk/domain/not.co.uk'],
  ])('leads from %s to the server of the registry, or to a web page', (name, url) => {
    expect(linkOf(resultOf(name))).toBe(url);
  });

  it('leads nowhere from a name that no registry has', () => {
    expect(linkOf(resultOf('x.invalid'))).toBeUndefined();
  });
});
