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
  /** More of them, too many to be offered before something is typed. */
  readonly moreChoices: readonly string[];
  /** Whether the option can also have no value, so that another word may follow it. */
  readonly isOptional: boolean;
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
    value: option.required || option.optional ? valueOffer(option) : undefined,
  };
}

/** What follows a whole phrase in a description. A comma may also be a part of it. */
const details = /(?:[:;]| \(|, (?:as in|and|in|one|or|sorted|such as|the|to|which)\b).*$/s;

/** Shells show a description in one line beside the option, and cut a longer one. */
const shortened = (description: string): string => description.replace(details, '');

function valueOffer(option: Option): ValueOffer {
  const [, name = 'value'] = /[<[](.+)[>\]]/.exec(option.flags) ?? [];
  const { choices = [], moreChoices: makeMore = () => [], isList } = hintsOf(option);
  const moreChoices = makeMore().filter((choice) => !choices.includes(choice));
  const common = { name, choices, moreChoices, isOptional: option.optional };
  if (choices.length > 0) return { ...common, kind: isList ? 'list' : 'choice' };
  return { ...common, kind: kinds.get(name) ?? 'any' };
}

/** By the names that the help uses. */
const kinds: ReadonlyMap<string, ValueOffer['kind']> = new Map([
  ['path', 'file'],
  ['file', 'file'],
  ['dir', 'folder'],
]);
