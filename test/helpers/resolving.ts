import { onTestFinished } from 'vitest';
import { type Answer, openResolver, type Resolver } from '../../src/dns/resolver/resolver.js';
import type { Server } from '../../src/dns/transport/index.js';
import type { Question } from '../../src/dns/wire/query.js';
import { parseServer } from '../../src/probe/servers.js';
import { answer } from './name-server.js';

export { nobody, serve } from './serve.js';

/** The true answer in these tests. */
export const one = answer('192.0.2.1');
/** The answer that a forger sends. */
export const forged = answer('192.0.2.66');

/** Parses an address that the test itself made. */
export function serverAt({ address }: { readonly address: string }): Server {
  const server = parseServer(address);
  if (server === undefined) throw new Error(`Expected the address of a server, got ${address}`);
  return server;
}

interface ResolverSettings {
  /** Milliseconds that one try may take; short, because only tests of missing replies wait for it. */
  readonly timeout?: number;
  readonly tries?: number;
  readonly rate?: number;
  readonly log?: (message: string) => void;
}

/** Opens a resolver that is closed when the test ends. */
export function resolverFor(
  servers: readonly { readonly address: string }[],
  { timeout = 80, tries = 7, rate, log }: ResolverSettings = {},
): Resolver {
  const resolver = openResolver({ servers: servers.map(serverAt), timeout, tries, rate, log });
  onTestFinished(() => resolver.close());
  return resolver;
}

/** The question for a name's IPv4 addresses. */
export const question = (name: string): Question => ({ name, type: 'A' });

/** Asks the servers one question. */
export function ask(
  servers: readonly { readonly address: string }[],
  settings?: ResolverSettings,
  name = 'x.dev',
): Promise<Answer> {
  return resolverFor(servers, settings).ask(question(name));
}

/** Settings for questions that have a reply: a time-out so long that nothing is asked again. */
export const patient = { timeout: 3000 };
/** Settings for questions that must succeed at the first try. */
export const oneTry = { ...patient, tries: 1 };

/** Sums up an answer: its addresses, its response code if it has none, or the failure. */
export function said({ outcome }: Answer): string | undefined {
  if ('failure' in outcome) return outcome.failure;
  return outcome.reply.addresses.join(' ') || outcome.reply.rcode;
}

/** `x1.dev`, `x2.dev` and so on. */
export const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `x${index + 1}.dev`);
