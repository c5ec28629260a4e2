import { domainToUnicode } from 'node:url';

const conformance = { rdapConformance: ['rdap_level_0'] };

/** A small domain object (RFC 9083 section 5.3) for a name in its ASCII form. */
export function domainObject(name: string, status: readonly string[]) {
  const unicodeName = domainToUnicode(name);
  return {
    ...conformance,
    objectClassName: 'domain',
    handle: '4711_DOMAIN-TEST',
    ldhName: name,
    ...(unicodeName === '' || unicodeName === name ? {} : { unicodeName }),
    status,
    entities: [
      {
        objectClassName: 'entity',
        handle: '292',
        roles: ['registrar'],
        vcardArray: [
          'vcard',
          [
            ['version', {}, 'text', '4.0'],
            ['fn', {}, 'text', 'Test Registrar'],
          ],
        ],
      },
    ],
    events: [
      { eventAction: 'registration', eventDate: '2019-02-28T16:00:00Z' },
      { eventAction: 'expiration', eventDate: '2039-02-28T16:00:00Z' },
    ],
    nameservers: [{ objectClassName: 'nameserver', ldhName: 'ns1.example.net' }],
    secureDNS: { delegationSigned: false },
  };
}

/** The body of the response to a help query (RFC 9083 section 7). */
export function helpObject() {
  return { ...conformance, notices: [{ title: 'Help', description: ['This is a test registry.'] }] };
}

/** The body of an error response (RFC 9083 section 6). */
export function errorObject(errorCode: number, title: string) {
  return { ...conformance, errorCode, title, description: [`The registry returned ${errorCode}.`] };
}
