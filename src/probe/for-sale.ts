import { maximumNameLength } from '../names/domain-name.js';
import { unprintable } from '../util/printable.js';

/** An offer to sell a name, from its "_for-sale" records (RFC 10023). */
export interface ForSale {
  /** The asking price, such as `750 EUR`. */
  readonly price?: string | undefined;
  /** Where to find out more. */
  readonly link?: string | undefined;
  /** The seller's own words. */
  readonly text?: string | undefined;
}

/** The label under a name that has the records of the offer. */
const forSaleLabel = '_for-sale';

/**
 * Returns the name that has the records of the offer to sell a name.
 *
 * @param name in its ASCII form.
 * @returns undefined if there is no such name because it would be too long (RFC 1035 section 2.3.4), or below `arpa`, where
 * offers must not be asked for (RFC 10023).
 */
export function forSaleName(name: string): string | undefined {
  if (name === 'arpa' || name.endsWith('.arpa')) return undefined;
  const offerName = `${forSaleLabel}.${name}`;
  return offerName.length <= maximumNameLength ? offerName : undefined;
}

/** The beginning of every record of an offer; letter case matters. */
const version = 'v=FORSALE1;';
const price = /^([A-Z]+)(\d+(?:\.\d+)?)$/;
/** The most octets after a tag. */
const maximumLength = 239;
/** The URL schemes that are recommended for links, and http, which is harmless, too. */
const schemes: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/**
 * Reads an offer from the TXT records at "_for-sale". Each record has one tag with its value; of several records with the same
 * tag, the first valid one counts.
 *
 * @returns undefined if none of them is a record of an offer.
 */
export function readForSale(texts: readonly Uint8Array[]): ForSale | undefined {
  const decoder = new TextDecoder();
  const records = texts.map((text) => decoder.decode(text)).filter((text) => text.startsWith(version));
  if (records.length === 0) return undefined;
  const pairs = records.map((record) => record.slice(version.length).trimStart());
  const first = (tag: string, read: (value: string) => string | undefined): string | undefined => {
    const values = pairs.filter((pair) => pair.startsWith(tag)).map((pair) => pair.slice(tag.length));
    return values
      .filter((value) => value.length > 0 && value.length <= maximumLength)
      .map(read)
      .find((value) => value !== undefined);
  };
  return { price: first('fval=', readPrice), link: first('furi=', readLink), text: first('ftxt=', readText) };
}

function readPrice(value: string): string | undefined {
  const [, currency, amount] = price.exec(value) ?? [];
  return currency === undefined ? undefined : `${amount} ${currency}`;
}

/** Returns a link in ASCII, so that nothing in it can look like something else. */
function readLink(value: string): string | undefined {
  if (/[\s<>"]/.test(value)) return undefined;
  try {
    const { protocol, href } = new URL(value);
    return schemes.has(protocol) && /^[!-~]+$/.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}

const readText = (value: string): string | undefined =>
  value.replace(unprintable, ' ').replace(/\s+/g, ' ').trim() || undefined;

/** The offer in words, for the reason of a result. A price is the seller's wish and binds nobody. */
export function describeForSale({ price, link, text }: ForSale): string {
  const asked = price && `asking price ${price}, not binding`;
  const parts = [asked, link, text].filter((part) => part !== undefined);
  return parts.length > 0 ? `for sale: ${parts.join(', ')}` : 'for sale';
}
