import type { Socket } from 'node:net';
import type { DasService } from '../../src/registries/das/services.js';
import { afterFile } from './closing.js';
import { listenConnections } from './name-server/tcp.js';

/** A domain availability service on the loopback interface, for tests. */
export interface DasServer {
  /** `127.0.0.1:12345`. */
  readonly address: string;
  /** Its entry for the table of services. Questions and statuses are those of `.lt`. */
  readonly service: DasService;
  /** Every question, without the end of its line, in order of arrival. */
  readonly questions: readonly string[];
  /** Resolves when this many questions have been received. */
  received(count: number): Promise<void>;
}

/** Answers a question: sends text, and ends the connection or not. */
export type DasAction = (socket: Socket, question: string) => void;

/** Sends a text and ends the connection. */
export const say =
  (text: string | Buffer): DasAction =>
  (socket) =>
    void socket.end(text);

/** The reply of `.lt` with this status about the name that was asked for. */
export const status =
  (word: string): DasAction =>
  (socket, question) =>
    say(`% .lt registry DAS service\nDomain: ${question.split(' ').at(-1)}\nStatus: ${word}\n`)(
      socket,
      question,
    );

/** Resets the connection. */
export const reset: DasAction = (socket) => void socket.resetAndDestroy();

/** Sends nothing. */
export const silent: DasAction = () => {};

/**
 * Starts a service that is closed after the last test of the file.
 *
 * @param action answers each question.
 * @param entry changes to its entry for the table; by default, it allows a thousand questions a second.
 */
export async function serveDas(action: DasAction, entry: Partial<DasService> = {}): Promise<DasServer> {
  const questions: string[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const { port, close } = await listenConnections('127.0.0.1', 0, (socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!text.endsWith('\n')) return;
      const question = text.replace(/\r?\n$/, '');
      questions.push(question);
      action(socket, question);
      for (const { count, resolve } of waiting) if (questions.length >= count) resolve();
      waiting = waiting.filter(({ count }) => questions.length < count);
    });
  });
  afterFile(close);
  return {
    address: `127.0.0.1:${port}`,
    service: {
      ...{ host: '127.0.0.1', port, limit: { requests: 1000, seconds: 1 } },
      question: (name) => `get 1.0 ${name}\n`,
      statuses: {
        available: 'unregistered',
        registered: 'registered',
        reserved: 'withheld',
        pendingDelete: 'withheld',
      },
      ...entry,
    },
    questions,
    received: (count) =>
      new Promise((resolve) => {
        if (questions.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
