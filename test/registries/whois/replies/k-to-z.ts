import { aus, cocca, type Replies } from './shared.js';

/** The replies of registries with suffixes from K to Z, by suffix. */
export const repliesFromK: Readonly<Record<string, Replies>> = {
  kr: {
    free: 'query : <name>\n\n# ENGLISH\n\nThe requested domain was not found in the Registry or Registrar’s WHOIS Server.\n',
    registered:
      'query : <name>\n\n# ENGLISH\n\nDomain Name                 : <name>\nRegistered Date             : 2007. 03. 02.\n',
    withheld: {
      restricted:
        'query : <name>\n\nThis request domain name is restricted to specifically qualified registrants for stable ' +
        'management of domain names and public interest.\n',
    },
  },
  kz: {
    free: 'Whois Server for the KZ top level domain name.\n\n*** Nothing found for this query.\n',
    registered: 'Domain Name............: <name>\n\nDomain created: 1999-06-07 14:01:43 (GMT+0:00)\n',
  },
  la: {
    free: 'The queried object does not exist: DOMAIN NOT FOUND\r\nAccess to the whois service is rate limited.\r\n',
    registered: 'Domain Name: <NAME>\r\nCreation Date: 2002-07-18T01:00:00.0Z\r\n',
  },
  lk: {
    free: 'This Domain is not available in our whois database\n',
    registered: 'Domain Name:\n\t<name>\n',
  },
  lu: {
    free: '% You may not enable high volume, automated, electronic processes.\n% No such domain\n',
    registered: 'domainname:     <name>\ndomaintype:     ACTIVE\n',
    limited: '% WHOIS <name>\n%% Maximum query rate reached\n',
  },
  lv: {
    free: '[Domain]\nDomain: <name>\nStatus: free\n',
    registered: '[Domain]\nDomain: <name>\nStatus: active\n',
    withheld: { unavailable: '[Domain]\nDomain: <name>\nStatus: unavailable\n' },
  },
  ma: {
    free: 'Domain Name: <name>\nThe queried object does not exist: No Object Found\n',
    registered: cocca.registered,
  },
  md: {
    free: '% Whois Server v2.8.1\n\nNo entries found [ No match for ]\n',
    registered: 'Domain  name:   <name>\nDomain state:   OK\n\nRegistered on:  2006-05-02\n',
  },
  mx: {
    free: '\nNo_Se_Encontro_El_Objeto/Object_Not_Found\r\n\r\n&NOTA:\r\n',
    registered: 'Domain Name:       <name>\r\n\r\nCreated On:        2009-05-12\r\n',
  },
  nc: {
    free: 'Whois .NC\n\nNo entries found in the .nc database\n',
    registered: 'Domain : <name>\nCreated on : 2006-05-14\n',
  },
  nz: {
    free: 'Not found: <name>\n',
    registered:
      'Domain Name: <name>\nDomain Status: clientDeleteProhibited https://icann.org/epp#clientDeleteProhibited\n',
    limited: 'version: 5.00\ndomain_name: <name>\nquery_status: 440 Request Denied\n',
  },
  om: { ...aus, withheld: { restricted: 'Restricted\n' } },
  pe: { ...cocca, limited: 'Your request could not be performed.\nLooup quota exceeded.\n' },
  pf: {
    free: "This is the PF top level domain whois server.\n\nInformations about '<name>' :\n\nDomain unknown\n",
    registered: "Informations about '<name>' :\n\nStatus : active\n",
  },
  pk: {
    free: '    Domain: <name>\n    Status: Not Registered, and may be available if valid\n    Available: Yes.\n',
    registered: '    Domain: <name>\n    Status: Domain is Registered\n',
  },
  pt: {
    free: '<name> - No Match\n',
    registered: 'Domain: <name>\nDomain Status: Registered\n',
    withheld: { reserved: 'Domain: <name>\nDomain Status: Reserved\n' },
  },
  qa: {
    ...aus,
    withheld: {
      reserved: 'Reserved by QDR\n',
      restricted: 'QDR has restricted this term.\n',
      'not available': 'The Domain Name is not Available\n',
    },
  },
  rs: {
    free: '%ERROR:103: Domain is not registered',
    registered:
      'Domain name: <name>\nDomain status: Active https://www.rnids.rs/en/domain-name-status-codes#Active\n',
    withheld: { reserved: 'Domain name: <name>\nThis domain is reserved\n' },
  },
  ru: {
    free: '% TCI Whois Service. Terms of use:\n\nNo entries found for the selected source(s).\n\nLast updated on 2025-06-19T00:38:01Z\n',
    registered: 'domain:        <NAME>\nstate:         REGISTERED, DELEGATED, VERIFIED\n',
    withheld: { 'stop list': 'stop-list: Domain can not be registered.\n' },
    limited: 'You have exceeded allowed connection rate.\n',
  },
  sa: {
    free: '% SaudiNIC Whois server.\n\nNo Match for <name>.\n',
    registered: 'Domain Name: <name>\n\n Registrant:\n Somebody\n\n Name Servers:\n',
  },
  sk: {
    free: '% Access to the whois service is rate limited.\n\nDomain not found.\n',
    registered: 'Domain:                       <name>\nCreated:                      2003-11-12\n',
  },
  sm: {
    free: 'No entries found.\n',
    registered: 'Domain Name: <name>\nRegistration date: 03/04/2003\nStatus: Active\n',
    withheld: { reserved: 'Reserved Domain.\n' },
  },
  so: {
    free: 'Not found: <name>\n',
    registered: 'Domain Name: <name>\nCreation Date: 2011-01-24T02:22:24.0Z\n',
  },
  st: {
    free: 'No entries found for domain <name>\n',
    registered: 'Domain Name: <name>\nCreation Date: 2004-06-15\n',
  },
  sx: {
    free: 'Not found: <name>\n',
    registered: 'Domain Name: <NAME>\nCreation Date: 2011-12-09T14:07:22.794Z\n',
  },
  tg: {
    free: 'NO OBJECT FOUND!\nobject:.............<name>\ntype:...............domain\n',
    registered: 'Domain:.............<name>\nStatus:.............Activ&eacute;\n',
  },
  tm: {
    free: '\r\nDomain <name> is available for purchase\r\n',
    registered: 'Domain : <name>\r\nStatus : Client Updt+Delt Lock\r\n',
    withheld: { reserved: 'Domain : <name>\nStatus : Permanent/Reserved\n' },
  },
  tn: {
    free: 'NO OBJECT FOUND!\nobject:.............<name>\ntype:...............domain\n',
    registered: 'Domain name.........: <name>\nDomain status.......: Active\n',
  },
  tr: {
    free: 'No match found for <name>\n',
    registered: '** Domain Name: <name>\nDomain Status: Active\n',
  },
  ug: {
    free: '                Domain Name: <name>\n                >>> Domain not Found\n',
    registered: 'Domain name:                    <name>\nStatus:                         ACTIVE\n',
    withheld: {
      'violates registry policy': 'Domain Name: <name>\n>>> This domain violates registry policy.\n',
    },
  },
  ws: {
    free: 'The queried object does not exist: <name>.\n',
    registered: 'Domain Name: <NAME>\nCreation Date: 2003-07-28T17:00:00Z\n',
  },
};
