import { CommanderError } from 'commander';
import type { Problem } from '../../../names/domain-name.js';
import { groupNames } from '../../../names/top-level-domains/index.js';
import type { Environment } from '../../../util/environment.js';
import { isObject } from '../../../util/json.js';
import { quoted } from '../../../util/printable.js';
import { refuse } from '../../shared/parse.js';
import { type OwnGroups, suffixOrGroup } from '../option-groups/values.js';
import { fileSettings, type Setting, shown } from './settings.js';

/** The key of the configuration file under which the user names groups of domains. */
export const groupsKey = 'groups';

/** How a group may be called, so that it can be typed in a list. */
const groupName = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Reads the groups of domains that the user has named. Refuses what is not an object of lists of domains, such as
 * `{"mine": ["se", "nu"]}`; a text with commas is a list, too.
 */
export function readGroups({ value, place }: Setting): OwnGroups {
  if (!isObject(value))
    refuse(`${place}: expected an object such as {"mine": ["se", "nu"]}, got ${shown(value)}`);
  return new Map(Object.entries(value).map(([name, members]) => [name, readGroup(name, members, place)]));
}

function readGroup(name: string, value: unknown, place: string) {
  if (!groupName.test(name))
    refuse(`${place}: expected a name of lower-case letters, digits and hyphens, got ${quoted(name)}`);
  if (groupNames.some((known) => known === name)) refuse(`${place}: there is a group ${name} already`);
  const texts: readonly unknown[] = Array.isArray(value) ? value : String(value).split(',');
  const isValid = texts.length > 0 && texts.every((text) => typeof text === 'string');
  if (!isValid || isObject(value))
    refuse(`${place}: ${name}: expected a list of domains, got ${shown(value)}`);
  return texts.map((text) => readMember(String(text).trim(), `${place}: ${name}`));
}

function readMember(text: string, place: string) {
  try {
    return suffixOrGroup(text);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return refuse(`${place}: ${error.message}`);
  }
}

/** Reads the groups that the user has named in the configuration file, or says in one line why they cannot be read. */
export function readOwnGroups(env: Environment): OwnGroups | Problem {
  try {
    const setting = fileSettings(env).find(({ key }) => key === groupsKey);
    return setting ? readGroups(setting) : new Map();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { problem: error.message };
  }
}
