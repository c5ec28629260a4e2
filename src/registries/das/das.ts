import type { Client, Located } from '../client/client.js';
import { createRegistry } from '../client/registry.js';
import { createFixedPacing } from '../client/request-pacing.js';
import type { RegistryAnswer } from '../registry-answer.js';
import { readDasAnswer } from './das-answer.js';
import { exchange } from './exchange.js';
import { addressOf, type DasService } from './services.js';

/** Asks a domain availability service about a name in its ASCII form. */
export type AskDas = (service: DasService, name: string) => Promise<Located<RegistryAnswer>>;

/**
 * Creates a client of domain availability services. It keeps to the limit of each, and asks again after a transient
 * failure.
 *
 * @param longestWait milliseconds that one name may wait for its registry, from its first question on.
 */
export const createDas =
  (longestWait: number, { get }: Client): AskDas =>
  (service, name) => {
    const url = `das://${addressOf(service)}/${name}`;
    const send = (of: string, signal: AbortSignal) => exchange(service, of, questionIn(of, service), signal);
    const create = () => createRegistry(longestWait, send, createFixedPacing(service.limit));
    return get([url], async ({ body }) => readDasAnswer(body.toString(), service, name), { create });
  };

const questionIn = (url: string, { question }: DasService): string =>
  question(url.slice(url.lastIndexOf('/') + 1));
