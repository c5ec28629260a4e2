/** Record types by name: IANA's registry "Resource Record (RR) TYPEs" (RFC 1035 section 3.2.2, RFC 3596). */
export const recordTypes = { A: 1, NS: 2, CNAME: 5, SOA: 6, AAAA: 28 } as const;

/** A record type that a question can ask for. */
export type RecordType = keyof typeof recordTypes;
