import { below, server, type WhoisServer } from '../server.js';
import { flipbit, fred, go, likexian, phpWhois, rubyNext, rubyWhois } from './shared.js';

const southAfrican = {
  unregistered: [
    ['Available', 'Domain: {name}'],
    ['Available', 'No information was found matching that query.'],
  ],
  registered: [['Domain Name: {name}', 'Creation Date: {any}']],
  limited: ['Please go away for {any} Seconds'],
  ...{ source: flipbit, seen: '2026-07' },
} as const;

/** Servers in Africa, America and Oceania. */
export const otherServers: readonly WhoisServer[] = [
  server({
    ...{ suffixes: ['aw'], host: 'whois.nic.aw', source: go, seen: '2025-06' },
    unregistered: [['{name} is free']],
    registered: [['Domain name: {name}', 'Status: {any}']],
  }),
  server({
    ...{ suffixes: ['cl'], host: 'whois.nic.cl', source: go, seen: '2025-06' },
    unregistered: [['{name}: no entries found.'], ['{name}: no existe']],
    registered: [
      ['Domain name: {name}', 'Creation date: {any}'],
      ['ACE: {name} (RFC-3490, RFC-3491, RFC-3492)'],
    ],
  }),
  server({
    ...{ suffixes: ['co.za'], host: 'coza-whois.registry.net.za' },
    ...southAfrican,
  }),
  server({
    ...{ suffixes: ['org.za'], host: 'org-whois.registry.net.za' },
    ...southAfrican,
  }),
  server({
    ...{ suffixes: ['dz'], host: 'whois.nic.dz', source: `${phpWhois}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [
      ["% No match for domain '{name}'."],
      ['NO OBJECT FOUND!\nobject: {name}'],
      ['NO OBJECT FOUND!\nobject:. . . . . . . . . . . . . . . . . . . . . .{name}'],
    ],
    registered: [
      ['DOMAIN NAME: {name}'],
      ['Domain Name: {name}', 'Registrar: {any}'],
      ['Nom de domaine#. . . . . . . . . . . . . . . . . .{name}'],
    ],
  }),
  server({
    ...{ suffixes: ['gf', 'mq'], host: 'whois.mediaserv.net', source: phpWhois, seen: '2018-04' },
    // A reply about a registered name says this of contacts that are not shown.
    unregistered: [['NO OBJECT FOUND!\nobject: {name}\ntype: domain']],
    registered: [['domain: {name}']],
  }),
  server({
    ...{ suffixes: ['hm'], host: 'whois.registry.hm', source: `${likexian}; ${rubyWhois}`, seen: '2021-10' },
    unregistered: [['Domain not found.']],
    registered: [
      ['domain: {name}', 'status: taken'],
      ['Domain name: {name}', 'Registrar: {any}'],
    ],
  }),
  server({
    ...{ suffixes: ['mw'], host: 'whois.nic.mw', source: rubyNext, seen: '2026-09', ...fred },
  }),
  server({
    ...{ suffixes: ['mx', ...below('mx', 'com edu gob net org')], host: 'whois.mx', source: go },
    ...{ seen: '2025-06' },
    unregistered: [['No_Se_Encontro_El_Objeto/Object_Not_Found']],
    registered: [['Domain Name: {name}', 'Created On: {any}']],
  }),
  server({
    ...{ suffixes: ['nc'], host: 'whois.nc', source: `${rubyWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [['No entries found in the .nc database']],
    registered: [['Domain : {name}', 'Created on : {any}']],
  }),
  server({
    suffixes: ['nz', ...below('nz', 'ac co geek gen govt health iwi kiwi maori mil net org school')],
    ...{ host: 'whois.irs.net.nz', source: `${rubyNext}; ${likexian}`, seen: '2026-09' },
    unregistered: [['Not found: {name}'], ['domain_name: {name}', 'query_status: 220 Available']],
    registered: [
      ['Domain Name: {name}', 'Domain Status: {epp}'],
      ['domain_name: {name}', 'query_status: 200 Active'],
      ['domain_name: {name}', 'query_status: 210 PendingRelease'],
    ],
    states: {
      'pending release': ['query_status: 210 PendingRelease'],
      'pending delete': ['Domain Status: pendingDelete{any}'],
    },
    limited: ['query_status: 440 Request Denied'],
  }),
  server({
    ...{ suffixes: ['pf'], host: 'whois.registry.pf', source: go, seen: '2025-06' },
    unregistered: [["Informations about '{name}' :", 'Domain unknown']],
    registered: [["Informations about '{name}' :", 'Status : active']],
  }),
  server({
    ...{ suffixes: ['so'], host: 'whois.nic.so', source: phpWhois, seen: '2018-04' },
    unregistered: [['Not found: {name}']],
    registered: [['Domain Name: {name}', 'Creation Date: {any}']],
  }),
  server({
    ...{ suffixes: ['st'], host: 'whois.nic.st', source: `${phpWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [['No entries found for domain {name}']],
    registered: [['Domain Name: {name}', 'Creation Date: {any}']],
  }),
  server({
    ...{ suffixes: ['sx'], host: 'whois.sx', source: `${rubyWhois}; ${flipbit}`, seen: '2026-07' },
    unregistered: [['Not found: {name}'], ['Status: AVAILABLE (No match for domain "{name}")']],
    registered: [['Domain Name: {name}', 'Creation Date: {any}']],
    premium: { 'premium name': [['Status: PREMIUM NAME (No match for domain "{name}")']] },
  }),
  server({
    ...{ suffixes: ['tg'], host: 'whois.nic.tg', source: go, seen: '2025-06' },
    unregistered: [['NO OBJECT FOUND!\nobject:.............{name}\ntype:...............domain']],
    registered: [['Domain:.............{name}', 'Status:.............{any}']],
    encoding: 'latin1',
  }),
  server({
    suffixes: ['tn', ...below('tn', 'com ens fin gov ind info intl mincom nat net org perso tourism')],
    ...{ host: 'whois.ati.tn', source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [
      ['NO OBJECT FOUND!\nobject:.............{name}\ntype:...............domain'],
      ['Domain {name} not found'],
    ],
    registered: [
      ['Domain name.........: {name}', 'Domain status.......: {any}'],
      ['Domain : {name}', 'Registrar : {any}'],
    ],
  }),
  server({
    ...{ suffixes: ['ug', ...below('ug', 'ac co com go ne or org sc')], host: 'whois.co.ug' },
    ...{ source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [
      ['Domain Name: {name}', '>>> Domain not Found'],
      ['% No entries found for the selected source(s).'],
    ],
    registered: [
      ['Domain name: {name}', 'Status: {any}'],
      ['Domain: {name}', 'Registered: {any}'],
    ],
    withheld: {
      'violates registry policy': [['Domain Name: {name}', '>>> This domain violates registry policy.']],
    },
  }),
  server({
    ...{ suffixes: ['ve', ...below('ve', 'co com edu gob info net org web')], host: 'whois.nic.ve' },
    ...{ source: `${go}; ${rubyNext}`, seen: '2026-09' },
    unregistered: [...fred.unregistered, ['No match for "{name}".']],
    registered: [...fred.registered, ['Nombre de Dominio: {name}', 'Estatus del dominio: {any}']],
    states: { 'not in the zone': ["status: The domain isn't generated in the zone"] },
  }),
  server({
    ...{ suffixes: ['ws'], host: 'whois.website.ws', source: rubyNext, seen: '2026-09' },
    unregistered: [['The queried object does not exist: {name}'], ['No match for "{name}".']],
    registered: [
      ['Domain Name: {name}', 'Creation Date: {any}'],
      ['Domain Name: {name}', 'Registrar Name: {any}'],
    ],
  }),
];
