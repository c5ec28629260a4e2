import { openAuto } from './auto.js';
import { lazily } from './lazily.js';
import { openSystem } from './system.js';
import { openTcp } from './tcp.js';
import type { OpenTransport, Scheme } from './transport.js';
import { openUdp } from './udp.js';

/** How each scheme's servers are asked. */
export const transports = {
  auto: openAuto,
  udp: openUdp,
  tcp: openTcp,
  tls: lazily(async () => (await import('./tls.js')).openTls),
  https: lazily(async () => (await import('./https.js')).openHttps),
  system: openSystem,
} satisfies Record<Scheme, OpenTransport>;
