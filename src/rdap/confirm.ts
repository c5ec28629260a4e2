import { getDomain } from 'tldts-icann';
import type { ProbeResult } from '../probe/result.js';
import { type RegistryAnswer, readRegistryAnswer } from './answer.js';
import { type Bootstrap, readBootstrap } from './bootstrap.js';
import { openRegistry, type Registry } from './registry.js';
import unofficialList from './unofficial.json' with { type: 'json' };

/** Asks registries about names that the DNS does not have, or gave no clear answer about. */
export type Confirm = (result: ProbeResult) => Promise<ProbeResult>;

/** A registry's answer about a registrable name, and who gave it. */
type Answer = RegistryAnswer & { readonly asked?: string; readonly official?: boolean };

/** Labels that registries keep for themselves, whoever asks. */
const reserved = new Set(['example', 'nic', 'www', 'whois', 'rdap', 'localhost', 'test', 'invalid']);

/** Registrable names whose answers are remembered: names below one of them are one question. */
const remembered = 1000;

/**
 * Opens the way to the registries.
 *
 * @param bootstrap is asked for when it is first needed.
 * @param longestWait milliseconds that one name may wait for a registry that limits its callers.
 */
export function openConfirm(bootstrap: () => Promise<Bootstrap>, longestWait: number): Confirm {
  const unofficial = readBootstrap(unofficialList);
  const registries = new Map<string, Registry>();
  const answers = new Map<string, Promise<Answer>>();
  let official: Promise<Bootstrap> | undefined;

  const registryAt = (origin: string): Registry => {
    const registry = registries.get(origin) ?? openRegistry(longestWait);
    registries.set(origin, registry);
    return registry;
  };

  const ask = async (name: string): Promise<Answer> => {
    official ??= bootstrap();
    const listed = (await official).find(name);
    const urls = listed ?? unofficial?.find(name);
    let answer: Answer = { failure: `no RDAP service is known for .${name.slice(name.indexOf('.') + 1)}` };
    for (const base of urls ?? []) {
      const { href: url, origin } = new URL(`${base.replace(/\/?$/, '/')}domain/${name}`);
      const said = readRegistryAnswer(await registryAt(origin).get(url), name);
      answer = { ...said, asked: url, official: listed !== undefined };
      if (!('failure' in said)) break;
    }
    return answer;
  };

  const askOnce = (name: string): Promise<Answer> => {
    const known = answers.get(name);
    if (known) return known;
    const [oldest] = answers.size >= remembered ? answers.keys() : [];
    if (oldest !== undefined) answers.delete(oldest);
    const answer = ask(name);
    answers.set(name, answer);
    return answer;
  };

  return async (result) => {
    if (result.status !== 'absent' && result.status !== 'unknown') return result;
    const name = getDomain(result.name);
    if (name === null) return unconfirmed(result, 'it is a public suffix', undefined);
    const answer = await askOnce(name);
    if ('failure' in answer) return unconfirmed(result, answer.failure, answer.asked);
    const notes = answer.official === false ? ['by a server that IANA does not list'] : [];
    return answer.registered
      ? settled(result, 'taken', [registration(result.name, name, answer.state), ...notes], answer.asked)
      : settled(result, 'unregistered', [...mayBeReserved(name), ...notes], answer.asked);
  };
}

function registration(asked: string, name: string, state: string | undefined): string {
  const what = state === undefined ? 'registered' : `registered, ${state}`;
  return asked === name ? what : `${name} is ${what}`;
}

function mayBeReserved(name: string): string[] {
  const [label = ''] = name.split('.');
  return label.length <= 2 || reserved.has(label) ? ['may be reserved'] : [];
}

function settled(
  result: ProbeResult,
  status: 'taken' | 'unregistered',
  reasons: readonly string[],
  asked: string | undefined,
): ProbeResult {
  const said = `${asked}: ${status === 'taken' ? 'registered' : 'not registered'}`;
  const reason = reasons.length > 0 ? reasons.join(', ') : undefined;
  return { ...result, status, reason, evidence: [...result.evidence, said] };
}

function unconfirmed(result: ProbeResult, failure: string, asked: string | undefined): ProbeResult {
  const said = `could not be confirmed: ${failure}`;
  const evidence = asked === undefined ? result.evidence : [...result.evidence, `${asked}: ${failure}`];
  return { ...result, reason: result.reason ? `${result.reason}; ${said}` : said, evidence };
}
