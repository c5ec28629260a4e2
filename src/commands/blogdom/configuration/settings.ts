import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Environment } from '../../../util/environment.js';
import { codeOf, whyUnusable } from '../../../util/error-code.js';
import { quoted } from '../../../util/printable.js';
import { homeFolder, userFolder } from '../../../util/user-folders.js';
import { decodeText } from '../../../util/utf-16.js';
import { refuse } from '../../shared/parse.js';
import { explainDepth, explainJson } from './json.js';

/** What a user has set outside of the command line. */
export interface Setting {
  /** The name as it is written there. */
  readonly key: string;
  /** The long name of an option, without dashes; there may be no such option. */
  readonly option: string;
  readonly value: unknown;
  /** Where it is set: a variable, or the path of the file. */
  readonly origin: string;
  /** What an error message about it begins with. */
  readonly place: string;
  readonly isVariable: boolean;
}

const prefix = 'BLOGDOM_';

/** Returns the variable that sets an option, given by its long name without dashes. */
export const variableOf = (option: string): string => prefix + option.toUpperCase().replaceAll('-', '_');

/** Reads the variables that begin with `BLOGDOM_`. An empty one counts as not set. */
export function variableSettings(env: Environment): Setting[] {
  return Object.entries(env)
    .filter(([key, value]) => key.startsWith(prefix) && value)
    .map(([key, value]) => ({
      ...{ key, value, origin: key, place: key, isVariable: true },
      option: key.slice(prefix.length).toLowerCase().replaceAll('_', '-'),
    }));
}

/** Reads the configuration file, if there is one. Refuses one that cannot be read, or that is not a JSON object. */
export function fileSettings(env: Environment): Setting[] {
  const folder = userFolder(env, 'XDG_CONFIG_HOME');
  if (folder === undefined) return [];
  const path = join(folder, 'config.json');
  const text = readIfPresent(path, env);
  if (text === undefined) return [];
  const origin = shownPath(path, env);
  const value = parseJson(text, origin);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(`${origin}: expected an object such as {"tld": "com"}, got ${shown(value)}`);
  }
  return Object.entries(value).map(([key, member]: [string, unknown]) => ({
    ...{ key, option: key, value: member, origin, place: `${origin}: ${key}`, isVariable: false },
  }));
}

function parseJson(text: string, origin: string): unknown {
  const tooDeep = explainDepth(text);
  if (tooDeep !== undefined) refuse(`${origin}: ${tooDeep}`);
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`${origin}: ${explainJson(text)}`);
  }
}

/** A value as JSON, for messages: a long one is shortened. */
export const shown = (value: unknown): string => quoted(JSON.stringify(value)).slice(1, -1);

/** Octets. Larger files are lists of names, which belong into other files. */
const maximumLength = 2 ** 18;

function readIfPresent(path: string, env: Environment): string | undefined {
  if (!isThere(path)) return undefined;
  let content: Uint8Array | string;
  try {
    content = readRegularFile(path);
    if (typeof content !== 'string') return decodeText(content);
  } catch (error) {
    content = whyUnusable(error, 'read');
  }
  return refuse(`${shownPath(path, env)}: expected a file that can be read: ${content}`);
}

/** Whether there is a configuration file. Nobody has one in a folder of others that may not be entered, as that of root after `sudo`. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error) ?? '');
  }
}

/** Reads a file, or returns why it is not read. A named pipe would have to be waited for. */
function readRegularFile(path: string): Uint8Array | string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw Object.assign(new Error('Expected a file'), { code: 'EISDIR' });
    if (!stats.isFile()) return 'it is not a regular file';
    if (stats.size > maximumLength) return `it has more than ${maximumLength / 1024} kB`;
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Shortens the path of the home folder to `~`. */
function shownPath(path: string, env: Environment): string {
  const home = homeFolder(env);
  return home && path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
