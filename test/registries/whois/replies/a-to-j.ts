import { aus, channelIslands, cocca, fred, type Replies, southAfrican, swedish } from './shared.js';

/** The replies of registries that share their software, and of those with suffixes from A to J, by suffix. */
export const repliesToJ: Readonly<Record<string, Replies>> = {
  ...{ af: cocca, bi: cocca, bw: cocca, cd: cocca, do: cocca, iq: cocca, ki: cocca, kw: cocca, mz: cocca },
  ...{ bj: cocca, ci: cocca, sb: cocca, sl: cocca, sy: cocca, tc: cocca, tl: cocca },
  ...{
    mk: fred,
    mw: fred,
    ve: fred,
    nu: swedish,
    se: swedish,
    gg: channelIslands,
    je: channelIslands,
    ae: aus,
  },
  ...{ 'co.za': southAfrican, 'org.za': southAfrican },
  am: {
    free: '%\n%AM TLD whois server #1\n%\n\n% No match\n\n',
    registered: '   Domain name: <name>\n   Status:      active, registrar locked\n',
  },
  at: {
    free: '% Copyright (c) by NIC.AT (1)\n\n% nothing found\n\n',
    registered: 'domain:         <name>\nregistrant:     <data not disclosed>\nsource:         AT-DOM\n',
  },
  aw: { free: '<name> is free\n', registered: 'Domain name: <name>\nStatus:      active\n' },
  ax: {
    free: 'swhoisd 3.0.5\r\nSearching for <name>.  \r\nNo records matching <name> found.\r\n',
    registered:
      'Found 1 record(s)\nDomain:                   (Handle word)\nDomain Name:              <name>\n',
  },
  bg: {
    free: 'DOMAIN NAME: <name> (<name>)\nregistration status: available\n',
    registered: 'DOMAIN NAME: <name> (<name>)\nregistration status: busy, active\n',
  },
  bn: {
    free: 'Domain Not Found\n',
    registered: '    Domain Name:\t\t<NAME> \r\n    Creation Date:\t\t07-Oct-2014 00:00:00\r\n',
  },
  by: {
    free: 'Object does not exist\n',
    registered: 'Domain name: <name>\r\nRegistrar: Registrar\r\n',
  },
  cl: {
    free: '%%\n%% This is the NIC Chile Whois server.\n%%\n\n<name>: no entries found.\n',
    registered: 'Domain name: <name>\nRegistrar name: Registrar\nCreation date: 2002-10-22 17:48:23 CLST\n',
  },
  cn: {
    free: 'No matching record.\n',
    registered: 'Domain Name: <name>\nROID: 1s1-cn\nDomain Status: ok\n',
    withheld: {
      reserved: 'Sorry, The domain you requested is in the reserved list.\n',
      'cannot be registered online':
        'the Domain Name you apply can not be registered online. Please consult your Domain Name registrar\n',
    },
    limited: 'Queried interval is too short.\n',
  },
  dk: {
    free: '# Hello 192.0.2.1. Your session has been logged.\n#\n\nNo entries found for the selected source.\n',
    registered:
      'Domain:               <name>\nDNS:                  <name>\nRegistered:           1999-01-10\n',
    withheld: {
      reserved:
        'Domain:               <name>\nRegistered:           2013-10-24\nStatus:               Reserved\n',
    },
    limited: '# Too many connections.\n',
  },
  dz: {
    free: "% Queries are subject to terms of use.\n%\n% No match for domain '<NAME>'.\n",
    registered: 'Domain Name:    <NAME>\nRegistrar:      registrar\n',
  },
  ee: {
    free: '\nDomain not found\n\nEstonia .ee Top Level Domain WHOIS server\n',
    registered:
      'Domain:\nname:       <name>\nstatus:     ok (paid and in zone)\n\nRegistrant:\nname:       Somebody\n',
  },
  ge: { free: 'No match for "<NAME>".\n', registered: 'Domain Name: <NAME>\nDomain Status: Ok\n' },
  gf: {
    free: 'NO OBJECT FOUND!\nobject:     <name>\ntype:       domain\n',
    registered: 'domain:     <name>\n\nNO OBJECT FOUND!\nobject:     234\ntype:       person\n',
  },
  hm: { free: 'Domain not found.\n', registered: 'domain: <name>\nstatus: taken\n' },
  hr: {
    free: '%\n%ERROR: No entries found\n%\n',
    registered: 'Domain Name: <name>\nRegistrar Registration Expiration Date: 2030-09-20T22:00:00Z\n',
    limited: '%\n%ERROR: Too many requests\n%\n',
  },
  hu: {
    free: '% Whois server 4.0 serving the hu ccTLD\n\nNincs talalat / No match\n',
    registered: 'domain:         <name>\nrecord created: 2000-03-03\n',
    withheld: { restricted: 'Korlatozott domain nev / Restricted domain name\n' },
  },
  ie: {
    free: 'Not found: <name>\n% Rights restricted by copyright\n',
    registered:
      'Domain Name: <name>\nDomain Status: serverDeleteProhibited https://icann.org/epp#serverDeleteProhibited\n',
    limited: '% You have reached your daily limit.\n',
  },
  il: {
    free: '% You may not enable high volume, automated, electronic processes.\n\n% No data was found to match the request criteria.\n',
    registered: 'query:        <name>\n\nreg-name:     word\ndomain:       <name>\n',
  },
  im: {
    free: 'Domain Name:\t<name>\r\nThe domain <name> was not found.\r\n',
    registered: 'Domain Name:\t<name>\r\nDomain Managers\r\n',
  },
  ir: {
    free: "% Information related to '<name>'\n\n%ERROR:101: no entries found\n%\n% No entries found in the selected source(s).\n",
    registered: 'domain:\t\t<name>\nascii:\t\t<name>\n',
  },
  it: {
    free: 'Domain:             <name>\nStatus:             AVAILABLE\n',
    registered:
      'Domain:             <name>\nStatus:             ok\nCreated:            1999-12-10 00:00:00\n',
    withheld: {
      reserved: 'Domain:             <name>\nStatus:             RESERVED\n',
      unassignable: 'Domain:             <name>\nStatus:             UNASSIGNABLE\n',
    },
  },
  jp: {
    free: "[ use 'whois -h whois.jprs.jp help'. To suppress Japanese output, add'/e'     ]\nNo match!!\r\n",
    registered:
      'Domain Information:\r\n[Domain Name]                   <NAME>\r\n[Status]                        Active\r\n',
    withheld: {
      reserved: '[Domain Name]                   <NAME>\n[Status]                        Reserved\n',
    },
  },
};
