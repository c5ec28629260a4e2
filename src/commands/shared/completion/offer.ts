import type { Command, Option } from 'commander';
import { hintsOf } from '../option-values.js';

/** What can be completed on the command line of a command. */
export interface Offer {
  /** The name of the command. */
  readonly command: string;
  readonly options: readonly OptionOffer[];
  /** Words that are not options. */
  readonly words: readonly string[];
}

/** An option, and what can be completed after it. */
export interface OptionOffer {
  /** The name with one letter and its dash; undefined if there is none. */
  readonly short: string | undefined;
  /** The long name with its dashes. */
  readonly long: string;
  readonly description: string;
  /** The value that it takes; undefined if it takes none. */
  readonly value: ValueOffer | undefined;
  readonly isRepeatable: boolean;
}

/** The value of an option. */
export interface ValueOffer {
  /** What the help calls it, such as `seconds`. */
  readonly name: string;
  readonly kind: 'choice' | 'list' | 'file' | 'folder' | 'any';
  /** The words to choose from, for a choice and a list. */
  readonly choices: readonly string[];
}

/** Reads from a command what can be completed. */
export function offerOf(command: Command, words: readonly string[]): Offer {
  const options = command.createHelp().visibleOptions(command);
  return { command: command.name(), options: options.map(optionOffer), words };
}

function optionOffer(option: Option): OptionOffer {
  const { short, long = '', description } = option;
  return {
    ...{ short, long, isRepeatable: hintsOf(option).isRepeatable ?? false },
    description: shortened(description),
    // After an option that can also have no value, another word may follow.
    value: option.required ? valueOffer(option) : undefined,
  };
}

/** Shells show a description in one line beside the option. */
const shortened = (description: string): string => description.replace(/(?:[:;]| \().*$/s, '');

function valueOffer(option: Option): ValueOffer {
  const [, name = 'value'] = /<(.+)>/.exec(option.flags) ?? [];
  const { choices = [], moreChoices, isList } = hintsOf(option);
  const all = [...new Set([...choices, ...(moreChoices?.() ?? [])])];
  if (all.length > 0) return { name, kind: isList ? 'list' : 'choice', choices: all };
  return { name, kind: kinds.get(name) ?? 'any', choices: [] };
}

/** By the names that the help uses. */
const kinds: ReadonlyMap<string, ValueOffer['kind']> = new Map([
  ['path', 'file'],
  ['file', 'file'],
  ['dir', 'folder'],
]);
