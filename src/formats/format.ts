import type { Candidate } from '../names/candidate.js';
import type { ProbeResult, Status } from '../probe/result.js';

/** An earlier state, and the present one. */
export interface Change {
  readonly was: string;
  readonly is: string;
}

/** How a registration differs from an earlier one: its state, and the day on which it expires (`2026-12-24`). */
export interface RegistrationChanges {
  readonly registration?: Change;
  readonly expires?: Change;
}

/** What was last known of a registration: its state, and the day on which it expires (`2026-12-24`). */
export interface LastRegistration {
  readonly state?: string | undefined;
  readonly expires?: string | undefined;
}

/** A result, and what earlier runs knew that this one could not find out. */
export type Recorded = ProbeResult & {
  /** The last known status, if this time the name has no answer or its registry has not been heard. */
  readonly lastKnown?: Status | undefined;
  /** What is not known of the registration this time. */
  readonly lastRegistration?: LastRegistration | undefined;
};

/** A result, and how it differs from an earlier one. */
export type Reported = Recorded & {
  /** The status in the earlier run, if that was another one. */
  readonly was?: Status | undefined;
  /** The changes of the registration, as far as both registrations are known. */
  readonly changes?: RegistrationChanges | undefined;
  /** When the change was seen, if names are looked up again and again. */
  readonly at?: Date | undefined;
};

/** Writes each result on a line of its own, when it is known. */
export interface LineFormat {
  /** The first line, with its LF; empty if the format has none. */
  readonly header: string;
  /** The line of one result, with its LF. */
  line(result: Reported): string;
  /** Whether the lines are for people: reasons that repeat are shortened, and the lines of a word are kept together. */
  readonly isForPeople?: true;
}

/** The size of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Shows all results together, as a picture. */
export interface PictureFormat {
  /** Makes room for the result of a candidate. */
  expect(candidate: Candidate): void;
  /** Adds a result. */
  add(result: Reported): void;
  /** Records that a candidate has a result that is not to be shown. */
  leaveOut(candidate: Candidate): void;
  /**
   * Draws the results that are known so far, to be replaced by the next picture; undefined if the format is not for a
   * terminal.
   *
   * @param size the room for the picture, which is not larger.
   */
  preview?(size: Size): string;
  /**
   * Draws all results.
   *
   * @param terminal the size of the terminal; undefined if there is none.
   */
  finish(terminal: Size | undefined): string;
}

/** How results are written. */
export type Format = LineFormat | PictureFormat;

/** The settings of formats. */
export interface FormatOptions {
  /** Whether to colour the output, if the format has colours. */
  readonly color: boolean;
  /** Whether results are compared with earlier ones. */
  readonly compared?: boolean | undefined;
  /** Whether registrations are compared, too. */
  readonly registrationsCompared?: boolean | undefined;
  /** Whether changes have a time. */
  readonly timed?: boolean | undefined;
  /** Returns the address of the registry's answer about a name, if the format has links. */
  readonly linkOf?: ((result: Reported) => string | undefined) | undefined;
  /** Tells the time, to find registrations that expire soon; by default, the clock of the system. */
  readonly now?: (() => Date) | undefined;
}

/** Creates a format. The result is a promise because some formats have to load a module first. */
export type CreateFormat<Created extends Format = Format> = (options: FormatOptions) => Promise<Created>;
