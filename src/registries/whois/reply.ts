import { addressOf } from '../client/exchange.js';
import type { RegistryAnswer } from '../registry-answer.js';
import { contradicts, isName, namesAnother } from './contradiction.js';
import type { Mark, Pattern, WhoisServer } from './server.js';

/** The statuses of EPP (RFC 5731 section 2.3) and of grace periods (RFC 3915 section 3.1). */
const eppStatus =
  '(?:ok|inactive|(?:client|server)(?:Hold|(?:Delete|Renew|Transfer|Update)Prohibited)|' +
  'pending(?:Create|Delete|Renew|Restore|Transfer|Update)|(?:add|autoRenew|renew|transfer|redemption)Period)';

/** What stands for a part of a line; see `Pattern`. */
const placeholders: Readonly<Record<string, string>> = {
  '{name}': '([^\\s"\'()]+)',
  '{any}': '.*',
  '{epp}': `${eppStatus}(?: .*)?`,
};

/** How a pattern occurs in a reply: with the name that was asked for or without any, with another name, or not at all. */
type Occurrence = 'here' | 'elsewhere' | 'absent';

/**
 * What all servers say in one way or another if they are asked too often. Terms of use, which are in most replies, speak of
 * limits in longer sentences.
 */
const limitWords = [
  /\btoo many (?:requests|queries|connections|lookups)\b/,
  /\b(?:limit|quota|rate)\b.{0,12}\b(?:exceeded|reached)\b/,
  /\b(?:exceeded|reached)\b.{0,40}\b(?:limit|quota|rate)\b/,
  /\b(?:queries|requests|lookups) exceeded\b/,
  /\bexceeded (?:the |your )?(?:allowed |permitted |maximum )*(?:number|amount)\b|\bgrace period of \d+ seconds\b/,
];
const longestLimitLine = 100;

/** The lines of a reply, without blank ones, and with single spaces. */
const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

/** Whether a reply says that the server was asked too often. */
export function isLimited(text: string, { limited }: Pick<WhoisServer, 'limited'>): boolean {
  const lines = linesOf(text);
  const saysSo = (line: string) =>
    line.length <= longestLimitLine && limitWords.some((words) => words.test(line.toLowerCase()));
  return limited.some((pattern) => occurrenceOf(pattern, lines) === 'here') || lines.some(saysSo);
}

/**
 * Reads a reply that is not about a limit. It counts only if whole lines of it match what is known of this server, and mean
 * one thing; if they name the domain, it must be this one.
 *
 * @param name the name that was asked for, in its ASCII form.
 * @returns what is safe to print: no text of the server is passed on.
 */
export function readWhoisReply(text: string, server: WhoisServer, name: string): RegistryAnswer {
  const lines = linesOf(text);
  const peer = addressOf(server);
  const occurrences = (marks: readonly Mark[]) => marks.map((mark) => occurrenceOfAll(mark, lines, name));
  const wordOf = (marks: Readonly<Record<string, readonly Mark[]>>) =>
    Object.keys(marks).find((word) => occurrences(marks[word] ?? []).includes('here'));

  const denials = [...server.unregistered, ...Object.values(server.premium).flat()];
  const [free, registered] = [occurrences(denials), occurrences(server.registered)];
  const isFree = free.includes('here');
  const isRegistered = registered.includes('here');
  const withheld = wordOf(server.withheld);
  const unclear = wordOf(server.unclear);
  const others = isFree ? linesBeside(denials, lines, name) : [];
  if ([...free, ...registered].includes('elsewhere') || others.some((line) => namesAnother(line, name)))
    return { failure: `${peer} answered about another name` };
  if (isFree && (isRegistered || withheld !== undefined || others.some(contradicts)))
    return { failure: `${peer} contradicts itself` };
  if (unclear !== undefined) return { failure: `its registry says: ${unclear}` };
  if (withheld !== undefined) return { registered: false, withheld, hasNoRecord: true };
  if (isFree) return { registered: false, words: wordOf(server.premium) };
  if (!isRegistered) return { failure: `${peer} gave no answer that is known` };
  const { states } = server;
  const state = Object.keys(states).find((word) =>
    states[word]?.some((pattern) => occurrenceOf(pattern, lines) === 'here'),
  );
  return { registered: true, state };
}

function occurrenceOfAll(mark: Mark, lines: readonly string[], name: string): Occurrence {
  const occurrences = mark.map((pattern) => occurrenceOf(pattern, lines, name));
  if (occurrences.length === 0 || occurrences.includes('absent')) return 'absent';
  return occurrences.includes('elsewhere') ? 'elsewhere' : 'here';
}

/** A pattern that was found in a reply: from which line on, and the names in it. */
interface Match {
  readonly index: number;
  readonly length: number;
  readonly names: readonly string[];
}

function matchesOf(pattern: Pattern, lines: readonly string[]): readonly Match[] {
  const length = pattern.split('\n').length;
  const expression = compile(pattern);
  return lines.flatMap((_line, index) => {
    const match = expression.exec(lines.slice(index, index + length).join('\n'));
    return match ? [{ index, length, names: match.slice(1) }] : [];
  });
}

/** The lines that are in none of these marks. */
function linesBeside(marks: readonly Mark[], lines: readonly string[], name: string): readonly string[] {
  const found = marks.filter((mark) => occurrenceOfAll(mark, lines, name) === 'here');
  const matches = found.flat().flatMap((pattern) => matchesOf(pattern, lines));
  return lines.filter(
    (_line, at) => !matches.some(({ index, length }) => at >= index && at < index + length),
  );
}

/** Every line that a pattern with a name matches must have this name. */
function occurrenceOf(pattern: Pattern, lines: readonly string[], name?: string): Occurrence {
  const matches = matchesOf(pattern, lines);
  if (matches.length === 0) return 'absent';
  return matches.every(({ names }) => names.every((found) => isName(found, name))) ? 'here' : 'elsewhere';
}

const compiled = new Map<Pattern, RegExp>();

function compile(pattern: Pattern): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern
    .split(/(\{name\}|\{any\}|\{epp\})/)
    .map((part) => placeholders[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  compiled.set(pattern, expression);
  return expression;
}
