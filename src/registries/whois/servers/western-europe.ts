import { below, server, type WhoisServer } from '../server.js';
import { go, rubyNext, rubyWhois } from './shared.js';

const swedish = {
  unregistered: [['domain "{name}" not found.'], ['"{name}" not found.']],
  registered: [
    ['domain: {name}', 'state: {any}'],
    ['domain: {name} ({any})', 'state: {any}'],
  ],
  states: { deactivated: ['state: deactivated'] },
  understandsAscii: true,
  ...{ source: go, seen: '2025-06' },
} as const;

const channelIslands = {
  unregistered: [
    ['NOT FOUND'],
    ['Domain Name: {name}', 'Domain Status: Available'],
    ['Query: {name}', 'Status: Not Registered'],
  ],
  registered: [
    ['Domain:\n{name}', 'Registration status:\n{any}'],
    ['Domain Name: {name}', 'Creation Date: {any}'],
    ['Query: {name}', 'Status: Active'],
  ],
  ...{ source: go, seen: '2025-06' },
} as const;

export const westernEuropeanServers: readonly WhoisServer[] = [
  server({
    ...{ suffixes: ['at'], host: 'whois.nic.at', source: `${rubyWhois}; ${go}`, seen: '2024-03' },
    unregistered: [['% nothing found']],
    registered: [['domain: {name}', 'source: AT-DOM']],
  }),
  server({
    ...{ suffixes: ['ax'], host: 'whois.ax', source: rubyWhois, seen: '2014' },
    unregistered: [['No records matching {name} found.']],
    registered: [['Domain Name: {name}', 'Domain: (Handle {any})']],
  }),
  server({
    ...{ suffixes: ['dk'], host: 'whois.punktum.dk', source: go, seen: '2025-06' },
    unregistered: [['No entries found for the selected source.']],
    registered: [['Domain: {name}', 'Registered: {any}']],
    withheld: { reserved: [['Domain: {name}', 'Status: Reserved']] },
    states: { deactivated: ['Status: Deactivated'] },
    limited: ['# Too many connections.'],
  }),
  server({ suffixes: ['gg'], host: 'whois.gg', ...channelIslands }),
  server({ suffixes: ['je'], host: 'whois.je', ...channelIslands }),
  server({
    ...{ suffixes: ['ie'], host: 'whois.weare.ie', source: rubyNext, seen: '2026-09' },
    unregistered: [
      ['Not found: {name}'],
      ['% Not Registered - The domain you have requested ({name}) is not a registered .ie domain name.'],
    ],
    registered: [
      ['Domain Name: {name}', 'Domain Status: {epp}'],
      ['domain: {name}', 'source: IEDR'],
    ],
    states: { 'pending delete': ['Domain Status: pendingDelete{any}'] },
    limited: ['% You have reached your daily limit.'],
  }),
  server({
    ...{ suffixes: ['im'], host: 'whois.nic.im', source: go, seen: '2025-06' },
    unregistered: [['Domain Name: {name}', 'The domain {name} was not found.']],
    registered: [['Domain Name: {name}', 'Domain Managers']],
  }),
  server({
    ...{ suffixes: ['it'], host: 'whois.nic.it', source: `${go}; ${rubyWhois}`, seen: '2025-06' },
    unregistered: [['Domain: {name}', 'Status: AVAILABLE']],
    registered: [['Domain: {name}', 'Created: {any}']],
    withheld: {
      reserved: [['Domain: {name}', 'Status: RESERVED']],
      unassignable: [['Domain: {name}', 'Status: UNASSIGNABLE']],
    },
    states: {
      'redemption period': ['Status: {any}redemptionPeriod{any}'],
      'redemption, no provider': ['Status: REDEMPTION-NO-PROVIDER'],
      'pending delete': ['Status: {any}pendingDelete{any}', 'Status: PENDING-DELETE'],
      'grace period': ['Status: GRACE-PERIOD'],
      inactive: ['Status: {any}inactive{any}'],
    },
    unclear: { 'service temporarily unavailable': [['Service temporarily unavailable.']] },
  }),
  server({
    ...{ suffixes: ['lu'], host: 'whois.dns.lu', source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [['% No such domain']],
    registered: [['domainname: {name}', 'domaintype: {any}']],
    limited: ['%% Maximum query rate reached'],
    encoding: 'latin1',
  }),
  server({ suffixes: ['nu'], host: 'whois.iis.nu', ...swedish }),
  server({ suffixes: ['se'], host: 'whois.iis.se', ...swedish }),
  server({
    ...{ suffixes: ['pt', ...below('pt', 'com edu gov org')], host: 'whois.dns.pt' },
    ...{ source: `${go}; ${rubyWhois}`, seen: '2025-06' },
    unregistered: [['{name} - No Match'], ['{name} no match']],
    registered: [
      ['Domain: {name}', 'Domain Status: Registered'],
      ['Nome de domínio / Domain Name: {name}', 'Estado / Status: {any}'],
    ],
    withheld: {
      reserved: [
        ['Domain: {name}', 'Domain Status: Reserved'],
        ['Nome de domínio / Domain Name: {name}', 'Estado / Status: RESERVED'],
      ],
    },
  }),
  server({
    ...{ suffixes: ['sm'], host: 'whois.nic.sm', source: go, seen: '2025-06' },
    unregistered: [['No entries found.']],
    registered: [['Domain Name: {name}', 'Registration date: {any}']],
    withheld: { reserved: [['Reserved Domain.']] },
  }),
];
