/** Where replies were seen: public repositories with real replies, and the folders that have them. */
export const flipbit = 'flipbit/whois, tests/Whois.Tests/Samples';
export const go = 'lgforsberg/go-whois, whois/domain/testdata';
export const likexian = 'likexian/whois-parser, testdata';
export const phpWhois = 'io-developer/php-whois, parsing_data';
export const rubyWhois = 'weppos/whois-parser, spec/fixtures/responses';
export const rubyNext = 'estevecastells/whois-parser-next, spec/fixtures/responses';

/** The lines of CZ.NIC's registry software FRED. */
export const fred = {
  unregistered: [['%ERROR:101: no entries found']],
  registered: [['domain: {name}', 'registered: {any}']],
} as const;
