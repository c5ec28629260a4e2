import type { Client, Located } from '../client/client.js';
import type { Send } from '../client/registry.js';
import type { LookUpOptions, RegistryAnswer } from '../registry-answer.js';
import { readDasAnswer } from './das-answer.js';
import { exchange } from './exchange.js';
import { addressOf, type DasService } from './services.js';

/** Asks a domain availability service about a name in its ASCII form. */
export type AskDas = (
  service: DasService,
  name: string,
  options?: LookUpOptions,
) => Promise<Located<RegistryAnswer>>;

/**
 * Creates a client of domain availability services. It keeps to the limit of each, and asks again after a transient
 * failure.
 *
 * @param ask sends one question to a service; by default, over TCP.
 */
export const createDas =
  ({ get }: Client, ask: typeof exchange = exchange): AskDas =>
  (service, name, options) => {
    const url = `das://${addressOf(service)}/${name}`;
    const send: Send = (of, signal) =>
      ask(service, of, service.question(of.slice(of.lastIndexOf('/') + 1)), signal);
    const access = { send, limit: service.limit };
    return get([url], async ({ body }) => readDasAnswer(body.toString(), service, name), {
      ...options,
      access,
    });
  };
