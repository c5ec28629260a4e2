import { below, server, type WhoisServer } from '../server.js';
import { fred, go, likexian, rubyNext, rubyWhois } from './shared.js';

export const easternEuropeanServers: readonly WhoisServer[] = [
  server({
    ...{ suffixes: ['bg'], host: 'whois.register.bg', source: rubyNext, seen: '2026-09' },
    unregistered: [
      ['DOMAIN NAME: {name} ({name})', 'registration status: available'],
      ['Domain name {name} does not exist in database!'],
    ],
    registered: [
      ['DOMAIN NAME: {name} ({name})', 'registration status: busy, {any}'],
      ['DOMAIN NAME: {name}', 'registration status: Registered'],
    ],
  }),
  server({
    ...{ suffixes: ['by'], host: 'whois.cctld.by', source: rubyNext, seen: '2026-09' },
    unregistered: [['Object does not exist']],
    registered: [
      ['Domain Name: {name}', 'Registrar: {any}'],
      ['Domain name: {name}', 'Registrar: {any}'],
    ],
  }),
  server({
    ...{ suffixes: ['ee'], host: 'whois.tld.ee', source: `${go}; ${rubyWhois}`, seen: '2025-06' },
    unregistered: [['Domain not found'], ['NOT FOUND: {name}']],
    registered: [['Domain:\nname: {name}']],
    states: { expired: ['status: expired{any}'] },
  }),
  server({
    ...{ suffixes: ['hr'], host: 'whois.dns.hr', source: go, seen: '2025-06' },
    unregistered: [['%ERROR: No entries found'], ['%ERROR: no entries found']],
    registered: [
      ['Domain Name: {name}', 'Registrar Registration Expiration Date: {any}'],
      ['domain: {name}', 'expires: {any}'],
    ],
    limited: ['%ERROR: Too many requests'],
  }),
  server({
    ...{ suffixes: ['hu'], host: 'whois.nic.hu', source: `${go}; ${rubyWhois}`, seen: '2025-06' },
    unregistered: [['Nincs talalat / No match'], ['Nincs találat / No match']],
    registered: [['domain: {name}', 'record created: {any}']],
    withheld: { restricted: [['Korlatozott domain nev / Restricted domain name']] },
    encoding: 'latin1',
  }),
  server({
    ...{ suffixes: ['lv'], host: 'whois.nic.lv', source: go, seen: '2025-06' },
    unregistered: [['Domain: {name}', 'Status: free']],
    registered: [['Domain: {name}', 'Status: active']],
    withheld: { unavailable: [['Domain: {name}', 'Status: unavailable']] },
  }),
  server({
    ...{ suffixes: ['md'], host: 'whois.nic.md', source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [['No match for'], ['No entries found [ No match for ]']],
    registered: [
      ['Domain name {name}', 'Domain state {any}'],
      ['Domain name: {name}', 'Domain state: {any}'],
      ['Domain name: {name}', 'Created: {any}'],
    ],
  }),
  server({
    ...{ suffixes: ['mk'], host: 'whois.marnet.mk', source: go, seen: '2025-06', ...fred },
  }),
  server({
    ...{ suffixes: ['rs', ...below('rs', 'ac co edu gov in org')], host: 'whois.rnids.rs' },
    ...{ source: go, seen: '2025-06' },
    unregistered: [['%ERROR:103: Domain is not registered']],
    registered: [['Domain name: {name}', 'Domain status: {any}']],
    withheld: { reserved: [['Domain name: {name}', 'This domain is reserved']] },
    states: { expired: ['Domain status: Expired{any}'] },
  }),
  server({
    ...{ suffixes: ['ru', 'su'], host: 'whois.tcinet.ru', source: go, seen: '2025-06' },
    // https://www.ripn.net/about/en/servpol.html, section 3.2.
    limit: { requests: 30, seconds: 60 },
    unregistered: [['No entries found for the selected source(s).']],
    registered: [['domain: {name}', 'state: REGISTERED, {any}']],
    withheld: { 'stop list': [['stop-list: Domain can not be registered.']] },
    states: { 'not delegated': ['state: REGISTERED, NOT DELEGATED{any}'] },
    limited: ['You have exceeded allowed connection rate.', 'You are not allowed to connect{any}'],
  }),
  server({
    ...{ suffixes: ['sk'], host: 'whois.sk-nic.sk', source: likexian, seen: '2024-10' },
    unregistered: [['Domain not found.'], ['Not found.']],
    registered: [
      ['Domain: {name}', 'Created: {any}'],
      ['Domain-name {name}', 'Domain-status {any}'],
    ],
  }),
];
