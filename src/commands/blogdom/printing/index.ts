import type { LineFormat, Reported } from '../../../formats/format.js';
import { formats } from '../../../formats/index.js';
import type { OutputStream } from '../../shared/program.js';
import type { Screen } from '../../shared/screen.js';
import type { HistoryOptions } from '../option-groups/history.js';
import type { OutputOptions } from '../option-groups/output.js';
import type { RegistryOptions } from '../option-groups/registries.js';
import { printPicture } from './picture.js';
import type { Printer } from './printer.js';

/**
 * Creates the printer for these options.
 *
 * @param shorten shortens a reason that many results have.
 * @param now tells the time; by default, by the clock of the system.
 */
export async function createPrinter(
  options: OutputOptions & HistoryOptions & Partial<Pick<RegistryOptions, 'confirm'>>,
  screen: Screen,
  terminal: OutputStream,
  shorten: (result: Reported) => Reported,
  now?: () => Date,
): Promise<Printer> {
  const { color, since, watch, confirm } = options;
  const timed = watch !== undefined;
  const compared = timed || since !== undefined;
  const registrationsCompared = compared && confirm !== undefined;
  const linkOf = options.format === 'html' ? await loadRegistryLinks() : undefined;
  const format = await formats[options.format]({
    ...{ color, compared, registrationsCompared, timed, now, linkOf },
  });
  const isWanted = ({ status }: Reported) => options.only.has(status);
  const printer =
    'line' in format
      ? await printLines(format, isWanted, screen, shorten)
      : printPicture(format, isWanted, screen, terminal, options.progress !== 'never');
  if (!options.sort) return printer;
  const { createSortedPrinter } = await import('./sorted.js');
  if (!('line' in format)) return createSortedPrinter(printer, 'plain', isWanted, undefined);
  if (!format.isForPeople) return createSortedPrinter(printer, 'flat', isWanted, undefined);
  // In a pipe or a file, every line is a result.
  const separate = terminal.isTTY ? () => screen.write('\n') : undefined;
  return createSortedPrinter(printer, 'grouped', isWanted, separate);
}

/** Loaded on demand: it reads the lists of registries and of public suffixes. */
async function loadRegistryLinks() {
  const { createRegistryLinks } = await import('../../../registries/registry-links.js');
  return createRegistryLinks();
}

/** Creates a printer that writes each result when it is known, and writes the header now. */
async function printLines(
  { header, line, isForPeople }: LineFormat,
  isWanted: (result: Reported) => boolean,
  screen: Screen,
  shorten: (result: Reported) => Reported,
): Promise<Printer> {
  await screen.write(header);
  return {
    expect() {},
    leaveOut() {},
    async print(results) {
      let lines = '';
      for (const result of results)
        if (isWanted(result)) lines += line(isForPeople ? shorten(result) : result);
      await screen.write(lines);
    },
    async end() {},
  };
}
