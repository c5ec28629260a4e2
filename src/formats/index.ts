import { keysOf } from '../util/keys.js';
import { csv } from './csv.js';
import type { MakeFormat } from './format.js';
import { json } from './json.js';
import { names } from './names.js';
import { text } from './text.js';

/** Every format by the name that `--format` takes; the default comes first. */
export const formats = { text, names, json, csv } satisfies Record<string, MakeFormat>;

/** A name that `--format` takes. */
export type FormatName = keyof typeof formats;

/** The names that `--format` takes, in the order in which help lists them. */
export const formatNames = keysOf(formats);
