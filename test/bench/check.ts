import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { indexOf, isLive, nameAt } from './names.js';

/** The names that were asked for, the first `count`, of which only the first `known` can be live. */
export interface Truth {
  readonly count: number;
  readonly known: number;
}

/** What a contender's output is worth. */
export interface Checked {
  /** Names that it has no answer for, by its own account. */
  readonly unanswered: number;
  /** Names with a false status, in excess, or missing from the output; undefined where it has no names. */
  readonly wrong: number | undefined;
}

/** Reads what a contender wrote. */
export type Check = (truth: Truth, outputFile: string, stderr: string) => Promise<Checked>;

/** Lines as blogdom's text format has them: one for every name. */
export const checkText: Check = async ({ count, known }, outputFile) => {
  const seen = new Uint8Array(count);
  let distinct = 0;
  let unanswered = 0;
  let wrong = 0;
  for await (const line of linesOf(outputFile)) {
    const [name = ''] = line.slice(2).split('  ', 1);
    const index = indexOf(name);
    if (index === undefined || index >= count || seen[index] === 1) {
      wrong++;
      continue;
    }
    seen[index] = 1;
    distinct++;
    if (line.startsWith('?')) unanswered++;
    else if (line[0] !== (truthOf(name, index, known) ? '+' : ' ')) wrong++;
  }
  return { unanswered, wrong: wrong + count - distinct };
};

/** massdns: the records of the live names, with an empty line behind each; what it could not find out, as JSON. */
export const checkMassdns: Check = async ({ count, known }, outputFile, stderr) => {
  const seen = new Uint8Array(count);
  let wrong = 0;
  for await (const line of linesOf(outputFile)) {
    if (line === '') continue;
    const name = line.split('. ', 1)[0] ?? '';
    const index = indexOf(name);
    if (index === undefined || index >= count || seen[index] === 1 || !truthOf(name, index, known)) wrong++;
    else seen[index] = 1;
  }
  const answered = Number(/.*"success_total":(\d+)/s.exec(stderr)?.[1] ?? 0);
  let missing = 0;
  for (let index = 0; index < Math.min(count, known); index++)
    if (seen[index] === 0 && truthOf(nameAt(index), index, known)) missing++;
  const unanswered = count - answered;
  // A live name that is missing is no error of its own where it is one of those without an answer.
  return { unanswered, wrong: wrong + Math.max(0, missing - unanswered) };
};

/** dnsperf prints no names, only how many of its queries were lost. */
export const checkDnsperf: Check = async ({ count }, outputFile) => {
  const answered = /Queries completed:\s+(\d+)/.exec(await readFile(outputFile, 'utf8'))?.[1] ?? 0;
  return { unanswered: count - Number(answered), wrong: undefined };
};

const linesOf = (file: string) =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

const truthOf = (name: string, index: number, known: number): boolean =>
  index < known && isLive(name.slice(0, name.indexOf('.')));
