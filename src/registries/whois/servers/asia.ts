import { below, server, type WhoisServer } from '../server.js';
import { flipbit, go, phpWhois, rubyNext, rubyWhois } from './shared.js';

/** The registry software of the Emirates, Oman and Qatar. */
const ausRegistry = {
  unregistered: [['No Data Found']],
  registered: [['Domain Name: {name}', 'Status: {epp}']],
  states: { 'pending delete': ['Status: pendingDelete{any}'], 'server hold': ['Status: serverHold{any}'] },
} as const;

export const asianServers: readonly WhoisServer[] = [
  server({
    ...{ suffixes: ['ae'], host: 'whois.aeda.net.ae', source: `${phpWhois}; ${rubyNext}`, seen: '2026-09' },
    ...ausRegistry,
  }),
  server({
    ...{ suffixes: ['am'], host: 'whois.amnic.net', source: `${phpWhois}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [['No match'], ['% No match']],
    registered: [['Domain name: {name}', 'Status: {any}']],
  }),
  server({
    ...{ suffixes: ['bn', ...below('bn', 'com edu gov net org')], host: 'whois.bnnic.bn' },
    ...{ source: phpWhois, seen: '2018-04' },
    unregistered: [['Domain Not Found']],
    registered: [['Domain Name: {name}', 'Creation Date: {any}']],
  }),
  server({
    ...{ suffixes: ['cn', ...below('cn', 'ac com edu gov net org')], host: 'whois.cnnic.cn' },
    ...{ source: `${go}; ${rubyWhois}`, seen: '2025-06' },
    unregistered: [['No matching record.'], ['no matching record.']],
    registered: [['Domain Name: {name}', 'ROID: {any}']],
    withheld: {
      'cannot be registered online': [
        ['the Domain Name you apply can not be registered online. Please consult your Domain Name registrar'],
      ],
      prohibited: [['The domain you requested is prohibited.']],
      reserved: [['Sorry, The domain you requested is in the reserved list.']],
    },
    states: {
      'redemption period': ['Domain Status: redemptionPeriod'],
      'pending delete': ['Domain Status: pendingDelete'],
      'client hold': ['Domain Status: clientHold'],
      'server hold': ['Domain Status: serverHold'],
    },
    limited: ['Queried interval is too short.', 'Your access is too fast,please try again later.'],
  }),
  server({
    ...{ suffixes: ['ge'], host: 'whois.nic.ge', source: rubyNext, seen: '2026-09' },
    unregistered: [['No match for "{name}".']],
    registered: [['Domain Name: {name}', 'Domain Status: {any}']],
  }),
  server({
    ...{ suffixes: ['il', ...below('il', 'ac co gov idf k12 muni net org')], host: 'whois.isoc.org.il' },
    ...{ source: `${rubyWhois}; ${phpWhois}`, seen: '2018-04' },
    unregistered: [['% No data was found to match the request criteria.']],
    registered: [
      ['domain: {name}', 'reg-name: {any}'],
      ['domain: {name}', 'admin-c: {any}'],
    ],
  }),
  server({
    ...{ suffixes: ['ir'], host: 'whois.nic.ir', source: `${rubyNext}; ${go}`, seen: '2026-09' },
    unregistered: [['%ERROR:101: no entries found']],
    registered: [['domain: {name}', 'ascii: {name}']],
  }),
  server({
    ...{ suffixes: ['jp', ...below('jp', 'ac ad co ed go gr lg ne or')], host: 'whois.jprs.jp' },
    ...{ source: `${rubyWhois}; ${go}`, seen: '2025-06' },
    // Without "/e", the reply is in Japanese, too.
    question: '{name}/e',
    unregistered: [['No match!!']],
    registered: [
      ['[Domain Name] {name}', '[Status] {any}'],
      ['[Domain Name] {name}', '[状態] {any}'],
      ['a. [Domain Name] {name}', '[State] {any}'],
    ],
    withheld: {
      reserved: [
        ['[Domain Name] {name}', '[Status] Reserved'],
        ['[Domain Name] {name}', '[状態] Reserved'],
        ['a. [Domain Name] {name}', '[State] Reserved'],
      ],
      deleted: [['a. [Domain Name] {name}', '[State] Deleted {any}']],
    },
    states: { suspended: ['[Status] Suspended'], 'to be suspended': ['[Status] To be suspended'] },
  }),
  server({
    ...{ suffixes: ['kr', ...below('kr', 'ac co go ne or pe re')], host: 'whois.kr', source: go },
    ...{ seen: '2025-06' },
    unregistered: [
      ['query : {name}', 'The requested domain was not found in the Registry or Registrar’s WHOIS Server.'],
      ['query : {name}', 'Above domain name is not registered to KRNIC.'],
    ],
    registered: [['query : {name}', 'Domain Name : {name}']],
    withheld: {
      restricted: [
        [
          'query : {name}',
          'This request domain name is restricted to specifically qualified registrants for stable management ' +
            'of domain names and public interest.',
        ],
      ],
    },
  }),
  server({
    ...{ suffixes: ['kz'], host: 'whois.nic.kz', source: go, seen: '2025-06' },
    unregistered: [['*** Nothing found for this query.']],
    registered: [['Domain Name............: {name}', 'Domain created: {any}']],
  }),
  server({
    ...{ suffixes: ['la'], host: 'whois.nic.la', source: `${phpWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [['The queried object does not exist: DOMAIN NOT FOUND'], ['DOMAIN NOT FOUND']],
    registered: [
      ['Domain Name: {name}', 'Creation Date: {any}'],
      ['Domain Name:{name}', 'Created On:{any}'],
    ],
    states: { 'pending delete': ['Domain Status: pendingDelete{any}'] },
  }),
  server({
    ...{ suffixes: ['lk'], host: 'whois.nic.lk', source: rubyWhois, seen: '2014' },
    unregistered: [['This Domain is not available in our whois database']],
    registered: [['Domain Name:\n{name}']],
  }),
  server({
    ...{ suffixes: ['om', ...below('om', 'co com edu gov med museum net org pro')] },
    ...{ host: 'whois.registry.om', source: rubyNext, seen: '2026-09' },
    ...ausRegistry,
    registered: [...ausRegistry.registered, ['Domain Name: {name}', 'Registrar: {any}']],
    withheld: { restricted: [['Restricted']] },
  }),
  server({
    ...{ suffixes: ['pk'], host: 'whois.pknic.net.pk', source: rubyNext, seen: '2026-09' },
    unregistered: [
      ['Domain: {name}', 'Status: Not Registered, and may be available if valid', 'Available: Yes.'],
    ],
    registered: [['Domain: {name}', 'Status: Domain is Registered']],
  }),
  server({
    ...{ suffixes: ['qa', ...below('qa', 'com edu gov mil name net org sch')] },
    ...{ host: 'whois.registry.qa', source: go, seen: '2025-06' },
    ...ausRegistry,
    withheld: {
      reserved: [['Reserved by QDR']],
      restricted: [['QDR has restricted this term.']],
      'not available': [['The Domain Name is not Available']],
    },
  }),
  server({
    ...{ suffixes: ['sa', ...below('sa', 'com edu gov med net org pub sch')], host: 'whois.nic.net.sa' },
    ...{ source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [['No Match for {name}'], ['No Match for domain: {name}']],
    registered: [
      ['Domain Name: {name}', 'Name Servers:'],
      ['Domain Name: {name}', 'Registrant:'],
    ],
  }),
  server({
    ...{ suffixes: ['tm'], host: 'whois.nic.tm', source: go, seen: '2025-06' },
    unregistered: [['Domain {name} is available for purchase']],
    registered: [['Domain : {name}', 'Status : {any}']],
    withheld: { reserved: [['Domain : {name}', 'Status : Permanent/Reserved']] },
  }),
  server({
    ...{
      suffixes: [
        'tr',
        ...below('tr', 'av bbs bel biz com dr edu gen gov info k12 name net org pol tel tv web'),
      ],
    },
    ...{ host: 'whois.trabis.gov.tr', source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [['No match found for {name}'], ['No match found for "{name}"']],
    registered: [['** Domain Name: {name}']],
  }),
];
