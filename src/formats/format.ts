import type { ProbeResult } from '../probe/result.js';

/** How results are written: what goes before them, and each of them. */
export interface Format {
  /** The first line, with its LF; empty where the format has none. */
  readonly header: string;
  /** The line for one result, with its LF. */
  line(result: ProbeResult): string;
}

/** Makes a format; it may load what it needs first. Only formats for people heed `color`. */
export type MakeFormat = (options: { readonly color: boolean }) => Promise<Format>;
