import { type Command, Help, type Option } from 'commander';

/** A part of the help that is not about options. */
export interface Section {
  readonly title: string;
  readonly items: readonly (readonly [term: string, meaning: string])[];
}

/** What the help and the man page say besides the usage and the options. */
export interface Manual {
  /** Commands, each after what it does. */
  readonly examples: readonly (readonly [purpose: string, command: string])[];
  readonly sections: readonly Section[];
  /** What `-h` prints instead of all of the help; if it is left out, `-h` prints the same as `--help`. */
  readonly brief?: BriefManual;
  /** Sections of the man page alone. */
  readonly reference?: readonly Section[];
  /** Other man pages. */
  readonly seeAlso?: readonly string[];
}

/** What is said in 20 lines. */
export interface BriefManual {
  /** The options that people use every day, as the help writes them, each with its meaning in a few words. */
  readonly options: readonly (readonly [flags: string, meaning: string])[];
  readonly closing: string;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const maximumWidth = 100;
const minimumWidth = 20;
/** A meaning starts in a line of its own if fewer characters than this are left after the terms. */
const minimumMeaning = 30;

/**
 * Lays out the help of a command: no line is wider than the terminal.
 *
 * @param columns the width of the terminal, in characters.
 */
export function layOutHelp(command: Command, manual: Manual, columns: number): void {
  const width = widthFor(columns);
  command
    .configureHelp({
      helpWidth: width,
      formatItem: (term, termWidth, meaning) => formatItem(term, termWidth, meaning, width),
      boxWrap: (text) => wrap(text, width),
      commandUsage: () => wrap(`${command.name()} ${command.usage()}`, width - 'Usage: '.length),
      optionDescription: describeOption,
    })
    .addHelpText('after', () => closingHelp(manual, width));
}

const widthFor = (columns: number): number => Math.max(minimumWidth, Math.min(maximumWidth, columns));

/**
 * Returns the short help of a command: its usage, its examples and its everyday options.
 *
 * @param columns the width of the terminal, in characters.
 */
export function briefHelp(
  command: Command,
  { options, closing }: BriefManual,
  { examples }: Manual,
  columns: number,
): string {
  const width = widthFor(columns);
  const usage = `Usage: ${command.name()} ${command.usage()}; --help prints everything`;
  const blocks = [
    [wrap(usage, width)],
    itemLines(
      examples.map(([purpose, example]) => [example, purpose]),
      width,
    ),
    itemLines(options, width),
    [wrap(closing, width)],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function closingHelp({ examples, sections }: Manual, width: number): string {
  const exampleLines = examples.flatMap(([purpose, example]) => [
    indented(wrap(`${purpose}:`, width - 2), 2),
    indented(wrap(example, width - 4, 2), 4),
  ]);
  const blocks = [['Examples:', ...exampleLines], ...sections.map((section) => sectionLines(section, width))];
  return `\n${blocks.map((lines) => lines.join('\n')).join('\n\n')}`;
}

const sectionLines = ({ title, items }: Section, width: number): string[] => [
  `${title}:`,
  ...itemLines(items, width),
];

function itemLines(items: Section['items'], width: number): string[] {
  const termWidth = Math.max(...items.map(([term]) => term.length));
  return items.map(([term, meaning]) => formatItem(term, termWidth, meaning, width));
}

/** A term, and beside or below it what it means. */
function formatItem(term: string, termWidth: number, meaning: string, width: number): string {
  const start = 2 + termWidth + 2;
  if (width - start >= minimumMeaning) {
    return `  ${term.padEnd(termWidth)}  ${indented(wrap(meaning, width - start), start).trimStart()}`;
  }
  return `${indented(wrap(term.trimEnd(), width - 2), 2)}\n${indented(wrap(meaning, width - 6), 6)}`;
}

const indented = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, ' '.repeat(spaces));

/**
 * Breaks lines between words, or within a word that is wider than a line.
 *
 * @param hanging the indentation of all lines but the first, for which all lines are narrower.
 */
function wrap(text: string, width: number, hanging = 0): string {
  if (text.length <= width) return text;
  const room = width - hanging;
  const divided = text.replace(new RegExp(`\\S{${room}}(?=\\S)`, 'g'), '$&\n');
  return wrapping.boxWrap(divided, room).replaceAll('\n', `\n${' '.repeat(hanging)}`);
}

/** Commander's own wrapping, but for narrow terminals, too. */
const wrapping = Object.assign(new Help(), { minWidthToWrap: 1 });

/** Describes an option, with its default. */
export const describeOption = ({ description, defaultValue, negate }: Option): string =>
  defaultValue === undefined || negate ? description : `${description} (default: ${defaultValue})`;
