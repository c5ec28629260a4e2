import { type Command, CommanderError, type Option } from 'commander';
import type { Environment } from '../../../util/environment.js';
import { quoted } from '../../../util/printable.js';
import { nearest } from '../../../util/suggestions.js';
import { hintsOf } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import { groupsKey, readGroups } from './groups.js';
import { fileSettings, type Setting, shown, variableOf, variableSettings } from './settings.js';

/** Options that make sense only on the command line. */
const onlyTyped: readonly string[] = ['version', 'help', 'completion', 'config', 'no-config'];

/** A setting as a value of an option. */
interface Default {
  /** The name of the value in commander's options. */
  readonly attribute: string;
  readonly value: unknown;
  /** Says what is set, and where. */
  readonly note: string;
}

/**
 * Completes what was typed with the variables and the configuration file. What was typed goes first, then the variables,
 * then the file. A setting that contradicts what was typed, or an option that it requires is missing, is not used.
 *
 * @param isUnused tells whether a setting has no meaning beside what was typed, given the name of its value.
 * @param check throws commander's error if the options of the command contradict each other.
 * @returns a line for each setting that says where it is from.
 */
export function configure(
  command: Command,
  env: Environment,
  isUnused: (attribute: string) => boolean,
  check: (command: Command) => void,
): readonly string[] {
  const defaults = command.opts()['config'] === false ? [] : readDefaults(command, env);
  const wanted = defaults.filter(({ attribute }) => isOpen(command, attribute) && !isUnused(attribute));
  const settings = wanted.filter(
    ({ attribute }, index) => wanted.findIndex((other) => other.attribute === attribute) === index,
  );
  const used = new Set<Default>();
  // A setting may require a later one.
  for (const setting of [...settings, ...settings])
    if (!used.has(setting) && apply(command, setting, check)) used.add(setting);
  return settings.map((setting) => setting.note + (used.has(setting) ? '' : ' (not used)'));
}

/** Whether an option was not typed. */
const isOpen = (command: Command, attribute: string): boolean =>
  [undefined, 'default'].includes(command.getOptionValueSource(attribute));

/** Applies a setting unless the options contradict each other then. */
function apply(command: Command, { attribute, value }: Default, check: (command: Command) => void): boolean {
  const before: unknown = command.getOptionValue(attribute);
  command.setOptionValueWithSource(attribute, value, 'config');
  try {
    check(command);
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    command.setOptionValueWithSource(attribute, before, 'default');
    return false;
  }
}

/** Reads all settings; refuses the first one that is not valid. */
function readDefaults(command: Command, env: Environment): readonly Default[] {
  const settings = fileSettings(env);
  for (const setting of settings) if (setting.key === groupsKey) readGroups(setting);
  const options = settings.filter(({ key }) => key !== groupsKey);
  return [...variableSettings(env), ...options].map((setting) => toDefault(command, setting));
}

function toDefault(command: Command, setting: Setting): Default {
  const option = command.options.find(
    ({ long }) => long === `--${setting.option}` && !onlyTyped.includes(setting.option),
  );
  if (option === undefined) return refuseUnknown(command, setting);
  const attribute = option.attributeName();
  const { origin, place, value, isVariable } = setting;
  const isOn = option.required ? undefined : switchValue(setting);
  if (isOn !== undefined) {
    const name = (option.long ?? '').replace(/^--(no-)?/, isOn === option.negate ? '--no-' : '--');
    return { attribute, value: isOn !== option.negate, note: `${name} from ${origin}` };
  }
  if (!option.required && !option.optional) {
    const form = isVariable ? '1, 0, true, false, yes or no' : 'true or false';
    return refuse(`${place}: expected ${form}, got ${shown(value)}`);
  }
  const texts = textsOf(setting, option);
  // Not added to each other one by one, which takes long for many.
  const values = texts.map((text) => parseValue(option, text, setting));
  return {
    attribute,
    value: Array.isArray(values[0]) ? values.flat() : values[0],
    note: `${option.long} ${texts.join(',')} from ${origin}`,
  };
}

function parseValue(option: Option, text: string, { place }: Setting): unknown {
  const { parseArg } = option;
  if (parseArg === undefined) return text;
  try {
    return parseArg(text, undefined);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return refuse(`${place}: ${error.message.replace(`${option.long}: `, '')}`);
  }
}

function textsOf({ value, place }: Setting, option: Option): readonly string[] {
  const { isRepeatable = false } = hintsOf(option);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isValid = values.every((one) => typeof one === 'string' || typeof one === 'number');
  if (isValid && values.length > 0 && (isRepeatable || !Array.isArray(value))) return values.map(String);
  const form = isRepeatable ? 'a text, or a list of texts' : 'a text or a number';
  return refuse(`${place}: expected ${form}, got ${shown(value)}`);
}

/** Reads the value of a switch: true or false or, in a variable, a word that means this; undefined for another value. */
function switchValue({ value, isVariable }: Setting): boolean | undefined {
  const word = typeof value === 'boolean' || isVariable ? String(value).toLowerCase() : '';
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : undefined;
}

function refuseUnknown(command: Command, { key, option, origin, isVariable }: Setting): never {
  const names = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long = '' }) => long.replace(/^--/, ''))
    .filter((name) => !onlyTyped.includes(name));
  const meant = nearest(option.replace(/^-+/, ''), names);
  const hint =
    meant === undefined
      ? `: see ${command.name()} --help`
      : `: did you mean ${isVariable ? variableOf(meant) : meant}?`;
  return refuse(
    isVariable ? `unknown variable ${key}${hint}` : `${origin}: unknown option ${quoted(key)}${hint}`,
  );
}
