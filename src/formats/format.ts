import type { ProbeResult } from '../probe/result.js';

/** How results are written. */
export interface Format {
  /** The first line, with its LF; empty if the format has none. */
  readonly header: string;
  /** The line of one result, with its LF. */
  line(result: ProbeResult): string;
}

/**
 * Creates a format. The result is a promise because some formats have to load a module first.
 *
 * @param options.color whether to colour the output, if the format has colours.
 */
export type CreateFormat = (options: { readonly color: boolean }) => Promise<Format>;
