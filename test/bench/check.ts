import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { indexOf, isLive, nameAt } from './names.js';

/** The first `count` names were asked for; of these, only the first `known` can be live. */
export interface Truth {
  readonly count: number;
  readonly known: number;
  /** Whether the name with this index is never answered; without it, none is. */
  readonly isSilent?: (index: number) => boolean;
}

/** The faults of a contender's output. */
export interface Checked {
  /** Names that the contender itself reports as unanswered, without those that are never answered. */
  readonly unanswered: number;
  /** Names that are false, missing or printed twice; undefined if the output contains no names. */
  readonly wrong: number | undefined;
}

/** Compares a contender's output with the truth. */
export type Check = (truth: Truth, outputFile: string, stderr: string) => Promise<Checked>;

/** Checks blogdom's text format: one line for every name. */
export const checkText: Check = async ({ count, known, isSilent }, outputFile) => {
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
    if (isSilent?.(index)) {
      if (!line.startsWith('?')) wrong++;
    } else if (line.startsWith('?')) unanswered++;
    else if (line[0] !== (truthOf(name, index, known) ? '+' : ' ')) wrong++;
  }
  return { unanswered, wrong: wrong + count - distinct };
};

/** Checks the output of massdns: the records of the live names, and the counts as JSON on standard error. */
export const checkMassdns: Check = async ({ count, known, isSilent }, outputFile, stderr) => {
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
  let silent = 0;
  let missing = 0;
  for (let index = 0; index < count; index++) {
    if (isSilent?.(index)) silent++;
    else if (seen[index] === 0 && truthOf(nameAt(index), index, known)) missing++;
  }
  const unanswered = count - silent - answered;
  // As many live names may be missing as names are unanswered.
  return { unanswered, wrong: wrong + Math.max(0, missing - unanswered) };
};

/** Creates a check of blogdom's text format against the marks of all lines, by name. */
export const checkMarks =
  (marks: ReadonlyMap<string, string>): Check =>
  async (_, outputFile) => {
    const missing = new Map(marks);
    let unanswered = 0;
    let wrong = 0;
    for await (const line of linesOf(outputFile)) {
      const [name = ''] = line.slice(2).split('  ', 1);
      if (line.startsWith('?') && missing.has(name)) unanswered++;
      else if (line[0] !== missing.get(name)) wrong++;
      missing.delete(name);
    }
    return { unanswered, wrong: wrong + missing.size };
  };

/** Checks the output of dnsperf, which counts replies but prints no names. */
export const checkDnsperf: Check = async ({ count }, outputFile) => {
  const answered = /Queries completed:\s+(\d+)/.exec(await readFile(outputFile, 'utf8'))?.[1] ?? 0;
  return { unanswered: count - Number(answered), wrong: undefined };
};

const linesOf = (file: string) =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

const truthOf = (name: string, index: number, known: number): boolean =>
  index < known && isLive(name.slice(0, name.indexOf('.')));
