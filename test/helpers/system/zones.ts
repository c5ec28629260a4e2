import { sampleLines } from '../sample-zone.js';

const sampleRecords = sampleLines
  .filter((line) => line.startsWith('+ '))
  .map((line, index) => `${line.slice(2)}. A 192.0.2.${index + 1}`);

/** The addresses of `big.dev`; they need 3200 octets, and a datagram holds 512. */
export const bigAddresses = Array.from({ length: 200 }, (_, index) => `198.51.100.${index}`);

/** Zones in master file format (RFC 1035 section 5). Besides the sample's names, `dev` has one of every kind. */
export const zones = {
  dev: `
$ORIGIN dev.
$TTL 60
@         SOA    ns hostmaster 1 3600 600 86400 60
@         NS     ns
ns        A      127.0.0.1
six       AAAA   2001:db8::1
mail      MX     10 not
deep.wood A      192.0.2.30
*.wild    A      192.0.2.31
alias     CNAME  gone
way       CNAME  not
lost      CNAME  gone.example.
away      CNAME  host.example.
old       DNAME  new
www.new   A      192.0.2.32
let       NS     ns.gone.example.
${sampleRecords.join('\n')}
${bigAddresses.map((address) => `big A ${address}`).join('\n')}
`,
  root: `
$ORIGIN .
$TTL 60
@             SOA  ns.dev. hostmaster.dev. 1 3600 600 86400 60
@             NS   ns.dev.
dev.          NS   ns.dev.
ns.dev.       A    127.0.0.1
host.example. A    192.0.2.33
`,
} as const;
