/**
 * Numbers of the record types that blogdom asks for or reads: IANA's registry "Resource Record (RR) TYPEs" (RFC 1035
 * section 3.2.2; RFC 3596 section 2.1 for AAAA; RFC 6891 section 6.1.1 for OPT; RFC 4034 section 4 for NSEC),
 * https://www.iana.org/assignments/dns-parameters/#dns-parameters-4.
 */
export const recordTypes = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  NSEC: 47,
} as const;

/** The name of a record type. */
export type RecordType = keyof typeof recordTypes;
