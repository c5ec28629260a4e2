import { keysOf } from '../util/keys.js';
import { csv } from './csv.js';
import type { CreateFormat, PictureFormat } from './format.js';
import { json } from './json.js';
import { names } from './names.js';
import { text } from './text.js';

// Pictures are loaded only if they are used.
const grid: CreateFormat<PictureFormat> = async (options) => (await import('./grid.js')).grid(options);
const html: CreateFormat<PictureFormat> = async (options) => (await import('./html.js')).html(options);

/** The formats that picture all results together. */
const pictures = { grid, html } satisfies Record<string, CreateFormat<PictureFormat>>;

/** All formats by their `--format` names; the first is the default. */
export const formats = { text, names, json, csv, ...pictures } satisfies Record<string, CreateFormat>;

/** A value of `--format`. */
export type FormatName = keyof typeof formats;

/** All values of `--format`, in the order in which help lists them. */
export const formatNames = keysOf(formats);

/** Whether a format pictures all results together, rather than printing a line for each. */
export const isPicture = (name: FormatName): boolean => Object.hasOwn(pictures, name);
