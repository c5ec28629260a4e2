/**
 * Names of the response codes: IANA's registry "DNS RCODEs" (RFC 6895 section 2.3),
 * https://www.iana.org/assignments/dns-parameters/#dns-parameters-6. Codes above 15 need EDNS.
 */
const names: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  11: 'DSOTYPENI',
  16: 'BADVERS',
  17: 'BADKEY',
  18: 'BADTIME',
  19: 'BADMODE',
  20: 'BADNAME',
  21: 'BADALG',
  22: 'BADTRUNC',
  23: 'BADCOOKIE',
};

/** The name of a response code (0 to 4095); an unassigned one is named by its number, such as `RCODE12`. */
export const rcodeName = (rcode: number): string => names[rcode] ?? `RCODE${rcode}`;
