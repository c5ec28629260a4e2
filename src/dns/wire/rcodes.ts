/**
 * Names of the response codes 0 to 11, by number: IANA's registry "DNS RCODEs" (RFC 6895 section 2.3),
 * https://www.iana.org/assignments/dns-parameters/#dns-parameters-6. IANA has not assigned 12 to 15, and higher codes
 * do not fit in a header without EDNS.
 */
const names = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
  'DSOTYPENI',
] as const;

/** The name of a response code (0 to 15); an unassigned one is named by its number, such as `RCODE12`. */
export const rcodeName = (rcode: number): string => names[rcode] ?? `RCODE${rcode}`;
