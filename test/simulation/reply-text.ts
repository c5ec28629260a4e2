import type { Question } from '../../src/dns/wire/query.js';
import { decodeReply } from '../../src/dns/wire/reply.js';

/** Describes a reply: its response code, and its answer or the zone of its SOA record, as `NOERROR 192.0.2.1`. */
export function replyText(message: Uint8Array, question: Question): string {
  const reply = decodeReply(message, question);
  if (reply === undefined) return 'no reply to this question';
  const { rcode, truncated, addresses, nameServers, zone } = reply;
  const parts = [
    rcode,
    truncated && 'truncated',
    ...addresses,
    nameServers && 'NS',
    zone !== undefined && `SOA ${zone || 'of the root'}`,
  ];
  return parts.filter((part) => part).join(' ');
}
