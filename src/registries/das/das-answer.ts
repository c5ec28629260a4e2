import { parseName } from '../../names/domain-name.js';
import { addressOf } from '../client/exchange.js';
import type { RegistryAnswer } from '../registry-answer.js';
import type { DasService } from './services.js';

/**
 * Whether a service says that it was asked too often or has blocked the address (DNS Belgium: "RC" is -2 or -3). The replies
 * of EURid have the same form.
 */
export const isDasRefusal = (text: string): boolean => /^[% ]*RC *[=:] *-[23]\b/im.test(text);

/**
 * Reads the reply of a domain availability service. It counts only if it is about this name and has exactly one status,
 * which must be documented.
 *
 * @param text lines such as `Domain: word.lt` and `Status: available`; those that begin with `%` are comments.
 * @param name the name that was asked for, in its ASCII form.
 * @returns what is safe to print: no text of the server is passed on.
 */
export function readDasAnswer(text: string, service: DasService, name: string): RegistryAnswer {
  const domains = valuesOf(text, 'Domain');
  const [status = '', ...others] = valuesOf(text, 'Status');
  const peer = addressOf(service);
  const { statuses } = service;
  if (!Object.hasOwn(statuses, status) || others.length > 0)
    return { failure: `${peer} gave no status that is documented` };
  if (domains.length === 0 || !domains.every((domain) => isName(domain, name)))
    return { failure: `${peer} answered about another name` };
  const word = spacedOut(status);
  switch (statuses[status]) {
    case 'unregistered':
      return { registered: false };
    case 'registered':
      return { registered: true, state: undefined };
    case 'withheld':
      return { registered: false, withheld: word };
    default:
      return { failure: `its registry says: ${word}` };
  }
}

/** Returns the values of all lines with this key. */
const valuesOf = (text: string, key: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith(`${key}:`) ? [line.slice(key.length + 1).trim()] : []));

/** Whether a text is a name in ASCII or in Unicode. Some services leave out the suffix. */
function isName(text: string, name: string): boolean {
  const forms = [name, name.slice(0, name.lastIndexOf('.'))];
  const parsed = parseName(text);
  return forms.includes('name' in parsed ? parsed.name : text);
}

/** `pendingDelete` and `NOT AVAILABLE` in small letters, with a space between words. */
const spacedOut = (status: string): string => status.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
