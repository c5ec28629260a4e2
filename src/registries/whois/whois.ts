import { isUtf8 } from 'node:buffer';
import type { Client, GetOptions, Located } from '../client/client.js';
import { addressOf, type Exchange, exchange, type ReplyRules } from '../client/exchange.js';
import { isRefusal, type Send } from '../client/registry.js';
import type { RegistryAnswer } from '../registry-answer.js';
import { isLimited, readWhoisReply } from './reply.js';
import type { WhoisServer } from './server.js';

/** Asks a WHOIS server about a name in its ASCII form. */
export type AskWhois = (
  server: WhoisServer,
  name: string,
  options?: GetOptions,
) => Promise<RegistryAnswer | Located<RegistryAnswer>>;

/** The octets of a reply at most. Some name all the contacts and terms of use in two languages. */
const maximumSize = 65_536;

/** Milliseconds for which a server is asked nothing after it said that there were too many queries. Few say how long. */
const refusalLasts = 60_000;

/**
 * Creates a client of WHOIS servers (RFC 3912). It keeps to the limit of each, asks again after a transient failure, and
 * asks no other server that a reply may refer to. It keeps nothing of a reply but its meaning.
 *
 * @param ask sends one question to a server; by default, over TCP.
 */
export const createWhois =
  ({ get }: Client, ask: Exchange = exchange): AskWhois =>
  async (server, name, options) => {
    if (!server.understandsAscii && /(?:^|\.)xn--/.test(name))
      return { failure: `${addressOf(server)} may not understand internationalized names` };
    const textOf = (reply: Buffer) => decode(reply, server);
    const rules: ReplyRules = { maximumSize, isRefusal: (reply) => isLimited(textOf(reply), server) };
    // The client asks a server as it was told at the first name, so the name is that of the URL.
    const send: Send = async (url, signal) => {
      const question = questionAbout(url.slice(url.lastIndexOf('/') + 1), server);
      const result = await ask(server, url, question, rules, signal);
      return isRefusal(result) ? { ...result, retryAfter: refusalLasts } : result;
    };
    const access = { send, limit: server.limit };
    return get(
      [`whois://${addressOf(server)}/${name}`],
      async ({ body }) => readWhoisReply(textOf(body), server, name),
      { ...options, access },
    );
  };

const questionAbout = (name: string, { question }: WhoisServer): string =>
  `${question.replace('{name}', name)}\r\n`;

/** Some servers of ISO 8859-1 have changed to UTF-8, whose octets hardly any other text has. */
function decode(reply: Buffer, { encoding }: WhoisServer): string {
  return new TextDecoder(encoding === 'utf-8' || isUtf8(reply) ? 'utf-8' : encoding).decode(reply);
}
