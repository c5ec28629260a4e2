import type { AskServer } from './asking.js';
import { readCanary } from './canary.js';
import type { KnownServer } from './standing.js';

/** Finds out whether a server knows the root. Each server is asked once. */
export type AskRoot = (server: KnownServer) => Promise<void>;

/** Creates what asks servers for the root. */
export function createAskRoot(askServer: AskServer): AskRoot {
  /** The questions, by the servers that they were sent to. */
  const questions = new Map<KnownServer, Promise<void>>();

  const ask = async (server: KnownServer): Promise<void> => {
    const reply = readCanary(await askServer({ name: '', type: 'NS' }, server.url));
    if ('failure' in reply) server.rootFailure = reply.failure;
    else server.knowsRoot = reply.exists;
  };

  return (server) => {
    const question = questions.get(server) ?? ask(server);
    questions.set(server, question);
    return question;
  };
}
