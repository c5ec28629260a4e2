/** Response codes by number: IANA's registry "DNS RCODEs" (RFC 6895 section 2.3), those that fit the header. */
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

/** The name of a response code; `RCODE12` and so on for one that IANA has not assigned. */
export const rcodeName = (rcode: number): string => names[rcode] ?? `RCODE${rcode}`;
