import { type Bootstrap, readBootstrap, readBuiltIn } from '../../src/registries/rdap/bootstrap.js';
import iana from '../../src/registries/rdap/iana.json' with { type: 'json' };
import { isObject, parseJson } from '../../src/util/json.js';
import { describeChanges, listed, onlyIn, type Source } from './source.js';

/** Fewer suffixes than this are not the whole file. */
const fewest = 500;

/** IANA's RDAP bootstrap file for domains. */
export const bootstrapSource: Source = {
  name: 'RDAP bootstrap',
  url: iana.origin,
  read(text) {
    const file = parseJson(text);
    const bootstrap = readBootstrap(file);
    if (!bootstrap || bootstrap.suffixes.length < fewest || !isObject(file))
      return { problem: `a bootstrap file (RFC 9224) of at least ${fewest} suffixes` };
    const { publication, version, services } = file;
    if (typeof publication !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(publication))
      return { problem: 'a date of publication' };
    const content = JSON.stringify({ origin: iana.origin, publication, version, services }, undefined, 2);
    return {
      changes: describeChanges(
        dayOf(iana.publication),
        dayOf(publication),
        compare(readBuiltIn(iana), bootstrap),
      ),
      file: { path: 'src/registries/rdap/iana.json', text: `${content}\n` },
    };
  },
};

const dayOf = (time: string): string => time.slice(0, 'yyyy-mm-dd'.length);

function compare(known: Bootstrap, published: Bootstrap): readonly string[] {
  const both = published.suffixes.filter((suffix) => known.suffixes.includes(suffix));
  const moved = both.filter((suffix) => `${known.find(suffix)}` !== `${published.find(suffix)}`);
  return [
    listed(onlyIn(published.suffixes, known.suffixes), 'new'),
    listed(onlyIn(known.suffixes, published.suffixes), 'gone'),
    listed(moved, 'at another server'),
  ];
}
