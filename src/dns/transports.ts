import { openSystem } from './system.js';
import type { OpenTransport, Scheme } from './transport.js';
import { openUdp } from './udp.js';

/** How each scheme's servers are asked. */
export const transports = { udp: openUdp, system: openSystem } satisfies Record<Scheme, OpenTransport>;
