import { keysOf } from '../util/keys.js';
import type { CreateFormat, LineFormat, PictureFormat } from './format.js';

/** The formats that print a line for each result, when it is known. Each format is loaded only if it is used. */
const lines = {
  text: async (options) => (await import('./text.js')).text(options),
  names: async (options) => (await import('./names.js')).names(options),
  json: async (options) => (await import('./json.js')).json(options),
  csv: async (options) => (await import('./csv.js')).csv(options),
} satisfies Record<string, CreateFormat<LineFormat>>;

/** The formats that show all results together, at the end. */
const pictures = {
  grid: async (options) => (await import('./grid.js')).grid(options),
  html: async (options) => (await import('./html.js')).html(options),
  ics: async (options) => (await import('./ics.js')).ics(options),
} satisfies Record<string, CreateFormat<PictureFormat>>;

/** All formats by their `--format` names; the first is the default. */
export const formats = { ...lines, ...pictures } satisfies Record<string, CreateFormat>;

/** A value of `--format`. */
export type FormatName = keyof typeof formats;

/** All values of `--format`, in the order in which help lists them. */
export const formatNames = keysOf(formats);

/** Whether a format shows all results together, rather than printing a line for each. */
export const isPicture = (name: FormatName): boolean => Object.hasOwn(pictures, name);
