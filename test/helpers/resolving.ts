import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type Answer, openResolver, type Resolver } from '../../src/dns/resolver/resolver.js';
import type { Server } from '../../src/dns/transport/transport.js';
import type { Question } from '../../src/dns/wire/query.js';
import { parseServer } from '../../src/probe/servers.js';
import {
  answer,
  type Behaviour,
  type NameServer,
  type NameServerOptions,
  startNameServer,
  type Zone,
} from './name-server.js';

/** The true answer in these tests. */
export const one = answer('192.0.2.1');
/** What a forger would have believed. */
export const forged = answer('192.0.2.66');

/** Starts a name server that is closed when the test ends. */
export async function serve(behaviour: Zone | Behaviour, options?: NameServerOptions): Promise<NameServer> {
  const server = await startNameServer(behaviour, options);
  onTestFinished(() => server.close());
  return server;
}

/** A loopback address with a port at which nothing listens, until the test ends. */
export async function nobody(): Promise<{ readonly address: string }> {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // A socket that is connected to itself hears nobody else, and keeps its port from being given away.
  const { port } = socket.address();
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { address: `127.0.0.1:${port}` };
}

/** Reads an address that the test itself made. */
export function serverAt({ address }: { readonly address: string }): Server {
  const server = parseServer(address);
  if (server === undefined) throw new Error(`Expected an address of a server, got ${address}`);
  return server;
}

interface Asking {
  /** Milliseconds that one try may take; short, since tests wait for it only where there is no reply. */
  readonly timeout?: number;
  readonly tries?: number;
  readonly rate?: number;
  readonly log?: (message: string) => void;
}

/** Opens a resolver that is closed when the test ends. */
export function resolverFor(
  servers: readonly { readonly address: string }[],
  { timeout = 80, tries = 7, rate, log }: Asking = {},
): Resolver {
  const resolver = openResolver({ servers: servers.map(serverAt), timeout, tries, rate, log });
  onTestFinished(() => resolver.close());
  return resolver;
}

/** The question for a name's IPv4 addresses. */
export const question = (name: string): Question => ({ name, type: 'A' });

/** Asks one question of the servers. */
export function ask(
  servers: readonly { readonly address: string }[],
  options?: Asking,
  name = 'x.dev',
): Promise<Answer> {
  return resolverFor(servers, options).ask(question(name));
}

/** For what has a reply: time to spare, so that nothing is asked again. */
export const patient = { timeout: 3000 };
/** For what has to succeed at the first try. */
export const oneTry = { ...patient, tries: 1 };

/** An answer in a few words: the addresses, or the response code where there are none, or the failure. */
export function said({ outcome }: Answer): string | undefined {
  if ('failure' in outcome) return outcome.failure;
  return outcome.reply.addresses.join(' ') || outcome.reply.rcode;
}

/** `x1.dev`, `x2.dev` and so on. */
export const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `x${index + 1}.dev`);
