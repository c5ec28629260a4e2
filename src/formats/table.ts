import type { Candidate } from '../names/candidate.js';
import type { Status } from '../probe/result.js';
import { printable } from '../util/printable.js';
import { replaceDomains } from './domains.js';
import type { Reported } from './format.js';

/** The content of a table in one place: a status, `pending` before there is one, or `hidden` if it is not to be shown. */
export type Cell = Status | 'pending' | 'hidden';

/** A word, with a cell for each domain. */
export interface Row {
  /** The number of rows above it. */
  readonly index: number;
  /** The word, in Unicode. */
  readonly label: string;
  /** The word in its ASCII form. */
  readonly key: string;
  /** The cells by the index of their column; undefined if the word was not asked for under that domain. */
  readonly cells: readonly (Cell | undefined)[];
}

/** A domain that words were asked for under. */
export interface Column {
  /** The number of columns on its left. */
  readonly index: number;
  /** The domain, in Unicode. */
  readonly label: string;
  /** The domain in its ASCII form. */
  readonly key: string;
}

/** A name in its place in the table. */
export interface Place {
  readonly row: Row;
  readonly column: Column;
  /** The whole name, in Unicode. */
  readonly name: string;
}

/** A reason, and the names for which it was given. */
export interface Reason {
  readonly status: Status;
  readonly text: string;
  readonly places: readonly Place[];
}

/** A name whose status or registration was another one in an earlier run. */
export interface ChangedPlace extends Place, Pick<Reported, 'status' | 'was' | 'changes'> {}

/** The results of a run by word and domain, both in the order in which they were asked for. All texts are printable. */
export interface Table {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** See `PictureFormat`. */
  expect(candidate: Candidate): void;
  add(result: Reported): void;
  leaveOut(candidate: Candidate): void;
  /** Returns the index of the first row that has a pending cell; without one, the number of rows. */
  firstPending(): number;
  /** Returns the rows that have a cell to be shown with an answer in it. */
  answeredRows(): readonly Row[];
  /** Returns the reasons, in the order of their first names in the table; the names are in this order as well. */
  reasons(): readonly Reason[];
  /** Returns the changes in the order of the table. */
  changes(): readonly ChangedPlace[];
}

/** Creates an empty table. */
export function createTable(): Table {
  const rows = createLines((index, label, key) => ({ index, label, key, cells: [] as (Cell | undefined)[] }));
  const columns = createLines((index, label, key) => ({ index, label, key }));
  /** Reasons that differ by nothing but a domain are one. */
  const reasons = new Map<string, { readonly status: Status; text: string; readonly places: Place[] }>();
  const changed: ChangedPlace[] = [];
  let firstPending = 0;

  const placeOf = (candidate: Candidate) => {
    const { word, tld } = candidate;
    const row = rows.byKey.get(word) ?? rows.add(word, labelsOf(candidate).word);
    const column = columns.byKey.get(tld) ?? columns.add(tld, labelsOf(candidate).tld);
    return { row, column };
  };

  return {
    rows: rows.all,
    columns: columns.all,
    expect(candidate) {
      const { row, column } = placeOf(candidate);
      if (row.cells[column.index] !== undefined) return;
      row.cells[column.index] = 'pending';
      firstPending = Math.min(firstPending, row.index);
    },
    add(result) {
      const { status, reason, was, changes } = result;
      const { row, column } = placeOf(result);
      row.cells[column.index] = status;
      const isChanged = was !== undefined || changes !== undefined;
      if (!reason && !isChanged) return;
      const place = { row, column, name: printable(result.unicode ?? result.name) };
      if (isChanged) changed.push({ ...place, status, was, changes });
      if (!reason) return;
      const general = printable(replaceDomains(reason, 'its domain'));
      const key = `${status} ${general}`;
      const text = printable(reason);
      const known = reasons.get(key);
      if (known) {
        known.places.push(place);
        if (known.text !== text) known.text = general;
      } else {
        reasons.set(key, { status, text, places: [place] });
      }
    },
    leaveOut(candidate) {
      const { row, column } = placeOf(candidate);
      row.cells[column.index] = 'hidden';
    },
    firstPending() {
      while (rows.all[firstPending]?.cells.includes('pending') === false) firstPending++;
      return firstPending;
    },
    answeredRows: () =>
      rows.all.filter(({ cells }) =>
        cells.some((cell) => cell !== undefined && cell !== 'pending' && cell !== 'hidden'),
      ),
    reasons: () =>
      [...reasons.values()]
        .map((reason) => ({ ...reason, places: reason.places.toSorted(inTableOrder) }))
        .toSorted(({ places: [one] }, { places: [other] }) => (one && other ? inTableOrder(one, other) : 0)),
    changes: () => changed.toSorted(inTableOrder),
  };
}

/** Rows or columns: all of them in order, and each by its key. */
function createLines<Line>(create: (index: number, label: string, key: string) => Line) {
  const all: Line[] = [];
  const byKey = new Map<string, Line>();
  return {
    all,
    byKey,
    add(key: string, label: string): Line {
      const line = create(all.length, printable(label), key);
      all.push(line);
      byKey.set(key, line);
      return line;
    },
  };
}

/** Returns the two parts of a candidate in Unicode. */
function labelsOf({ unicode, word, tld }: Candidate): { readonly word: string; readonly tld: string } {
  if (unicode === undefined) return { word, tld };
  const labels = unicode.split('.');
  const dots = labels.length - tld.split('.').length;
  return { word: labels.slice(0, dots).join('.'), tld: labels.slice(dots).join('.') };
}

function inTableOrder(one: Place, other: Place): number {
  return one.row.index - other.row.index || one.column.index - other.column.index;
}
