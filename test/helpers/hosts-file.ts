import { readFileSync } from 'node:fs';
import { parseName } from '../../src/names/domain-name.js';
import { specialUseOf } from '../../src/names/special-use.js';

/** A host in the hosts file of this machine, which `getaddrinfo` finds without a network. */
export interface KnownHost {
  readonly name: string;
  readonly address: string;
}

const isProbed = (name: string): boolean => 'name' in parseName(name) && specialUseOf(name) === undefined;

/** Finds a host with an IPv4 address, other than `localhost`, that blogdom asks for. */
export function findKnownHost(): KnownHost | undefined {
  const lines = readFileSync('/etc/hosts', 'utf8').split('\n');
  const hosts = lines.flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return /^[\d.]+$/.test(address) ? names.map((name) => ({ name, address })) : [];
  });
  return hosts.find(({ name }) => isProbed(name));
}
