import { below, server, type WhoisServer } from '../server.js';
import { flipbit, phpWhois, rubyNext, rubyWhois } from './shared.js';

/** CoCCA's registry software, which many countries run. Its lines are the same everywhere. */
const lines = {
  unregistered: [
    ['Domain Name: {name}', 'Domain Status: No Object Found'],
    ['Domain Name: {name}', 'Domain Status: Available'],
    ['Domain Name: {name}', 'The queried object does not exist: No Object Found'],
  ],
  registered: [
    ['Domain Name: {name}', 'Domain Status: {epp}'],
    ['Domain Name: {name}', 'Sponsoring Registrar: {any}'],
    ['Domain Name: {name}', 'Registrar: {any}'],
    ['Domain Name: {name}', 'Creation Date: {any}'],
  ],
  withheld: {
    'prohibited string': [
      ['Domain Name: {name}', 'Domain Status: Prohibited String - Domain Cannot Be Registered'],
    ],
    reserved: [['Domain Name: {name}', 'Domain Status: Reserved Name']],
  },
  states: {
    'redemption period': ['Domain Status: redemptionPeriod{any}'],
    'pending delete': ['Domain Status: pendingDelete{any}'],
    'client hold': ['Domain Status: clientHold{any}'],
    'server hold': ['Domain Status: serverHold{any}'],
  },
} as const;

const row = (
  tld: string,
  host: string,
  source: string,
  seen: string,
  more: readonly string[] = [],
): WhoisServer => server({ ...lines, suffixes: [tld, ...more], host, source, seen });

/** None of their terms forbids single automated queries, but most forbid many. */
export const coccaServers: readonly WhoisServer[] = [
  row('af', 'whois.nic.af', rubyNext, '2026-09', below('af', 'com edu gov net org')),
  row('bi', 'whois1.nic.bi', `${phpWhois}; ${flipbit}`, '2026-07'),
  row('bw', 'whois.nic.net.bw', rubyNext, '2026-09', below('bw', 'co org')),
  row('cd', 'whois.nic.cd', rubyNext, '2026-09'),
  row('do', 'whois.nic.do', phpWhois, '2018-04', below('do', 'com edu gob net org web')),
  row('iq', 'whois.cmc.iq', phpWhois, '2018-04'),
  row('ki', 'whois.nic.ki', phpWhois, '2018-04'),
  row('kw', 'whois.nic.kw', phpWhois, '2021-12', below('kw', 'com edu gov net org')),
  row('mz', 'whois.nic.mz', phpWhois, '2018-04', below('mz', 'ac co edu gov net org')),
  row('sb', 'whois.nic.net.sb', rubyNext, '2026-09', below('sb', 'com edu gov net org')),
  row('sl', 'whois.nic.sl', rubyNext, '2026-09', below('sl', 'com edu gov net org')),
  row('sy', 'whois.tld.sy', `${rubyWhois}; ${flipbit}`, '2026-07'),
  row('tc', 'whois.nic.tc', `${rubyWhois}; ${flipbit}`, '2026-07'),
  row('tl', 'whois.nic.tl', rubyNext, '2026-09'),
  server({
    ...lines,
    ...{ suffixes: ['bj'], host: 'whois.nic.bj' },
    ...{ source: `${phpWhois}; ${rubyWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [...lines.unregistered, ['No records matching {name} found.']],
    registered: [...lines.registered, ['Domain Name: {name}', 'Name Server 1: {any}']],
  }),
  server({
    ...lines,
    ...{ suffixes: ['ci'], host: 'whois.nic.ci' },
    ...{ source: `${phpWhois}; ${rubyWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [...lines.unregistered, ['Domain {name} not found']],
    registered: [...lines.registered, ['Domain: {name}', 'Created: {any}']],
  }),
  server({
    ...lines,
    ...{ suffixes: ['ma', ...below('ma', 'ac co gov net org press')], host: 'whois.registre.ma' },
    ...{ source: `${rubyNext}; ${rubyWhois}`, seen: '2026-09' },
    unregistered: [...lines.unregistered, ['%error 230 No Objects Found']],
    registered: [...lines.registered, ['domain:Domain-Name:{name}']],
  }),
  server({
    ...lines,
    ...{ suffixes: ['pe', ...below('pe', 'com edu gob mil net nom org')], host: 'kero.yachay.pe' },
    unregistered: [...lines.unregistered, ['Query: {name}', 'Status: Not Registered']],
    registered: [
      ...lines.registered,
      ['Query: {name}', 'Status: Active'],
      ['Query: {name}', 'Status: Inactive'],
      ['Query: {name}', 'Status: Suspended'],
    ],
    // "Looup" is the registry's spelling.
    limited: ['Looup quota exceeded.'],
    ...{ source: rubyNext, seen: '2026-09' },
  }),
];
