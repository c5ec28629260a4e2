import type { Batches, Candidate } from '../../names/candidate.js';
import { readCandidates } from '../../names/candidates.js';
import type { Count } from '../../names/count.js';
import { createExpansion } from '../../names/expansion.js';
import { inShard } from '../../names/shard.js';
import { openSources } from '../../names/sources.js';
import { mapBatches } from '../../util/map-batches.js';
import type { Streams } from '../shared/program.js';
import { announcementOf } from './announcement.js';
import type { Context } from './context.js';
import { describeLongWords } from './long-words.js';
import type { Options } from './options.js';
import { isOverviewWanted } from './overview.js';
import { required } from './required.js';

/** The names that a run is about. */
export interface Names {
  readonly candidates: Batches;
  /** Returns the number of lines of the input that were not names, so far. */
  badLines(): number;
  /** Counts the names, and announces a run of many; returns undefined if they cannot be counted beforehand. */
  count(): Promise<Count | undefined>;
}

/**
 * Opens the sources of the names.
 *
 * @throws an `Error` with a message for the user if a source cannot be opened.
 */
export async function openNames({ options, streams, report }: Context): Promise<Names> {
  if (isInputUnread(options, streams)) report('standard input is not read: blogdom - reads words from it');
  if (isOverviewWanted(options, streams)) {
    const longWords = await describeLongWords(options);
    if (longWords !== undefined) report(longWords);
  }
  let badLines = 0;
  const reportBadLine = (message: string) => {
    badLines++;
    report(message);
  };
  const sources = required(await openSources(options, streams.stdin, reportBadLine));
  const all = createExpansion(options);
  const expand = options.shard ? inShard(all, options.shard) : all;
  const candidates = readCandidates(sources, expand);
  return {
    candidates: options.hack && !options.shard ? reportedIfNone(candidates, report) : candidates,
    badLines: () => badLines,
    async count() {
      const { countCandidates } = await import('../../names/count.js');
      const count = await countCandidates(options, expand);
      const announcement = count && announcementOf(count, options);
      if (announcement !== undefined) report(announcement);
      return count;
    },
  };
}

/** Whether somebody may have meant the words of standard input, and the default list is used instead. */
function isInputUnread(
  { quiet, words, files, patterns, language }: Options,
  { hasInput = () => false }: Streams,
): boolean {
  return !quiet && words.length + files.length + patterns.length === 0 && !language && hasInput();
}

/** Passes on candidates, and reports if there is none because no word ends in a domain. */
async function* reportedIfNone(
  batches: Batches,
  report: Context['report'],
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  let isEmpty = true;
  yield* mapBatches(batches, (candidate) => {
    isEmpty = false;
    return candidate;
  });
  if (isEmpty) report('no word ends in one of these domains: nothing to look up');
}
