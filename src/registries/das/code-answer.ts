import { addressOf } from '../client/exchange.js';
import type { RegistryAnswer } from '../registry-answer.js';
import type { DasService } from './services.js';

/** The line that follows code 0 if the reason is a registration, not a reservation. */
const registeredReason = 'Reason: This domain name is already registered.';

/** A code and a colon, at the beginning of a line. */
const codeLine = /^(-?\d+) ?:/;

/**
 * Reads the reply of an availability service whose statuses are numbers. It counts only if its first line has a documented
 * code, and no other line has one.
 *
 * @param text such as `0: This domain name can not be registered.`, on one line or several. It does not name the domain.
 * @returns what is safe to print: no text of the server is passed on.
 */
export function readCodeAnswer(text: string, service: DasService): RegistryAnswer {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const [first, ...others] = lines.map((line) => codeLine.exec(line)?.[1]);
  const { codes = {}, statuses } = service;
  if (first === undefined || !Object.hasOwn(codes, first) || others.some((code) => code !== undefined))
    return { failure: `${addressOf(service)} gave no code that is documented` };
  const says = codes[first] ?? first;
  switch (statuses[first]) {
    case 'unregistered':
      return lines.includes(registeredReason)
        ? { failure: `${addressOf(service)} contradicts itself` }
        : { registered: false };
    case 'withheld':
      return lines.includes(registeredReason)
        ? { registered: true, state: undefined }
        : { registered: false, withheld: says };
    default:
      return { failure: `its registry says: ${says}` };
  }
}

/** Whether a reply says to wait and ask again: access is restricted (-95), or the server has an error (-99). */
export const isCodeRefusal = (text: string): boolean => /^-9[59] ?:/.test(text);
