import type { Client, Located } from '../client/client.js';
import { addressOf, type Exchange, exchange, type ReplyRules } from '../client/exchange.js';
import type { Send } from '../client/registry.js';
import type { LookUpOptions, RegistryAnswer } from '../registry-answer.js';
import { isCodeRefusal, readCodeAnswer } from './code-answer.js';
import { isDasRefusal, readDasAnswer } from './das-answer.js';
import type { DasService } from './services.js';

/** Asks a domain availability service about a name in its ASCII form. */
export type AskDas = (
  service: DasService,
  name: string,
  options?: LookUpOptions,
) => Promise<Located<RegistryAnswer>>;

/** How replies are read, by whether the statuses of the service are numbers. */
const readers = {
  codes: { isRefusal: isCodeRefusal, read: readCodeAnswer },
  words: { isRefusal: isDasRefusal, read: readDasAnswer },
};

/** The octets of a reply at most. A reply of a few lines has some hundred. */
const maximumSize = 4096;

/**
 * Creates a client of domain availability services. It keeps to the limit of each, and asks again after a transient
 * failure.
 *
 * @param ask sends one question to a service; by default, over TCP.
 */
export const createDas =
  ({ get }: Client, ask: Exchange = exchange): AskDas =>
  (service, name, options) => {
    const { isRefusal, read } = readers[service.codes ? 'codes' : 'words'];
    const rules: ReplyRules = { maximumSize, isRefusal: (reply) => isRefusal(reply.toString()) };
    const url = `das://${addressOf(service)}/${name}`;
    const send: Send = (of, signal) =>
      ask(service, of, service.question(of.slice(of.lastIndexOf('/') + 1)), rules, signal);
    const access = { send, limit: service.limit };
    return get([url], async ({ body }) => read(body.toString(), service, name), { ...options, access });
  };
