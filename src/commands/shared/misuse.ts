import type { Command, Option } from 'commander';
import { printable, quoted } from '../../util/printable.js';
import { nearest } from '../../util/suggestions.js';

/** The options that the help lists, `--help` included. */
const visibleOptions = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command);

/** The long names of the options that the help lists, with their two dashes. */
const longNames = (command: Command): readonly string[] =>
  visibleOptions(command).flatMap(({ long }) => (long ? [long] : []));

/**
 * Explains an option that the command does not have: with the option that was probably meant, if there is one.
 *
 * @param typed the argument, which may include a value after `=`.
 */
export function explainUnknownOption(command: Command, typed: string): string {
  const [name = ''] = typed.split('=', 1);
  const isSwitch = command.options.some(
    ({ long, required, optional }) => long === name && !required && !optional,
  );
  if (isSwitch) return `${name}: expected no value, got ${quoted(typed.slice(name.length + 1))}`;
  const meant = nameNearest(command, name);
  const hint = meant === undefined ? `see ${command.name()} --help` : `did you mean ${meant}?`;
  return `unknown option ${name}: ${hint}`;
}

function nameNearest(command: Command, name: string): string | undefined {
  const word = name.replace(/^-+/, '');
  if (word.length === 1) {
    const shorts = visibleOptions(command).map(({ short }) => short);
    return shorts.find((short) => short?.toLowerCase() === `-${word.toLowerCase()}`);
  }
  const negations = name.startsWith('--no-') ? command.options.map(({ long = '' }) => long) : [];
  const known = [...longNames(command), ...negations].map((long) => long.replace(/^--/, ''));
  const meant = nearest(word, known) ?? nearest(word.replace(/^no-/, ''), known);
  return meant && `--${meant}`;
}

/**
 * Explains a long option that was typed with one dash, such as `-list`, which would mean `-l ist`, or a short one that was
 * typed with `=`, such as `-t=com`, which would mean the value `=com`; returns undefined for other arguments.
 */
export function explainSingleDash(command: Command, argument: string): string | undefined {
  const [name = ''] = argument.split('=', 1);
  const value = argument.slice(name.length + 1);
  const isShort = value !== '' && command.options.some(({ short, required }) => required && short === name);
  if (isShort) return `unknown option ${name}=: did you mean ${name} ${printable(value)}?`;
  const isLong = /^-[^-]{2}/.test(name) && longNames(command).includes(`-${name}`);
  return isLong ? `unknown option ${name}: did you mean -${name}?` : undefined;
}
