import type { Command, Option } from 'commander';
import { describeOption, type Manual, type Section } from '../shared/help.js';
import { version } from '../shared/version.js';

/** When the man pages were last revised: a build must not depend on its date. */
const revised = '2026-11-30';

/** Makes the man page of a command, in the macros of man(7), from the definitions that its help is made from. */
export function manPage(
  command: Command,
  { examples, sections, reference = [], seeAlso = [] }: Manual,
): string {
  const name = command.name();
  const [summary = '', ...paragraphs] = command.description().split('\n');
  const lines = [
    `.TH ${name.toUpperCase()} 1 ${revised} "blogdom ${version}"`,
    // Commands and options must not be hyphenated, nor their words be spread over the line.
    ...['.nh', '.ad l'],
    '.SH NAME',
    `${text(name)} \\- ${text(lowerFirst(summary).replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    `.B ${text(name)}`,
    text(command.usage()),
    '.SH DESCRIPTION',
    text(summary),
    ...paragraphs.map(text),
    ...argumentLines(command),
    '.SH OPTIONS',
    ...optionLines(command),
    ...[...sections, ...reference].flatMap(sectionLines),
    '.SH EXAMPLES',
    ...examples.flatMap(exampleLines),
    '.SH SEE ALSO',
    seeAlso.map(pageReference).join(',\n'),
  ];
  return `${lines.join('\n')}\n`;
}

/** Escapes the characters that roff would take for a command or replace with a typographic one. */
const text = (plain: string): string =>
  plain.replace(/[\\'`^~-]/g, (character) => escapes.get(character) ?? character).replace(/^\./gm, '\\&.');

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\e'],
  ["'", '\\(aq'],
  ['`', '\\(ga'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
  ['-', '\\-'],
]);

const lowerFirst = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

const bold = (plain: string): string => `\\fB${text(plain)}\\fR`;
const italic = (plain: string): string => `\\fI${text(plain)}\\fR`;

const tagged = (tag: string, meaning: string): string[] => ['.TP', tag, text(meaning)];

const argumentLines = (command: Command): string[] =>
  command
    .createHelp()
    .visibleArguments(command)
    .flatMap((argument) => tagged(italic(argument.name()), argument.description));

function optionLines(command: Command): string[] {
  const help = command.createHelp();
  const options = help.visibleOptions(command);
  const groups = help.groupItems(
    [...options],
    [...options],
    ({ helpGroupHeading = 'Options:' }: Option) => helpGroupHeading,
  );
  return [...groups].flatMap(([heading, items]) => [
    `.SS ${text(heading.replace(/:$/, ''))}`,
    ...items.flatMap((option) => tagged(optionTag(option), describeOption(option))),
  ]);
}

function optionTag({ short, long, flags }: Option): string {
  const names = [short, long].flatMap((name) => (name ? [bold(name)] : [])).join(', ');
  const [, value, word] = /<(.+)>|\[(.+)\]/.exec(flags) ?? [];
  if (word) return `${names} [${bold(word)}]`;
  return value ? `${names} ${italic(value)}` : names;
}

const sectionLines = ({ title, items }: Section): string[] => [
  `.SH ${text(title.toUpperCase())}`,
  ...items.flatMap(([term, meaning]) => tagged(bold(term.trim()), meaning)),
];

const exampleLines = ([purpose, command]: Manual['examples'][number]): string[] => [
  ...['.TP', `${text(purpose)}:`, bold(command)],
];

/** `dig(1)`, with its name in bold. */
const pageReference = (page: string): string =>
  page.replace(/^(.+)\((.)\)$/, (_page, name: string, section: string) => `${bold(name)}(${section})`);
