import type { ProbeResult } from '../../probe/result.js';
import { grouped } from '../../util/quantity.js';
import type { Options } from './options.js';

/** The names of a run that are perhaps free, and what can be done next. */
export interface Finds {
  /** Adds those among some results. */
  add(results: readonly ProbeResult[]): void;
  /**
   * Names the finds, and gives the command that asks the registries about them.
   *
   * @param columns the width of the terminal, in characters. The first line is not wider, the second at most twice as wide.
   * @returns at most two lines, without their LF; none if nothing has been found.
   */
  describe(columns: number): readonly string[];
}

/** The options that say how the same names are looked up again. */
type FindOptions = Pick<Options, 'confirm' | 'tld' | 'server' | 'private'>;

/** The most finds that are remembered: a line has no room for more. */
const maximumFinds = 200;

/** Creates an empty collection of finds: absent names or, if registries are asked, unregistered ones. */
export function createFinds({ confirm, tld, server = [], private: isPrivate }: FindOptions): Finds {
  const wanted = confirm ? 'unregistered' : 'absent';
  const finds: ProbeResult[] = [];
  let count = 0;

  /** Lists words if they have the same domain, which follows in parentheses, and else whole names. */
  const list = (): { readonly words: readonly string[]; readonly domain: string | undefined } => {
    const [first] = finds;
    const isShared = finds.every(
      ({ tld, word }) => tld === first?.tld && !word.includes('.') && word !== 'all',
    );
    const words = finds.map(({ word, name }) => (isShared ? word : name));
    return { words: words.toSorted(), domain: isShared ? first?.tld : undefined };
  };

  return {
    add(results) {
      for (const result of results) {
        if (result.status !== wanted) continue;
        count++;
        if (finds.length < maximumFinds) finds.push(result);
      }
    },
    describe(columns) {
      if (count === 0) return [];
      const { words, domain } = list();
      const end = domain === undefined ? '' : ` (.${domain})`;
      const label = confirm ? 'Unregistered:' : 'Perhaps free:';
      const all = [label, ...words].join(' ') + end;
      const isWhole = words.length === count && all.length <= columns;
      const ending = (shown: number) => ` and ${grouped(count - shown)} more${end}`;
      const shown = fitting(words, columns - label.length - ending(0).length);
      const found = isWhole ? all : [label, ...shown].join(' ') + ending(shown.length);
      if (confirm) return [found];
      const options = [
        ...(domain === undefined || (domain === 'dev' && !tld) ? [] : ['-t', domain]),
        ...server.flatMap(({ url }) => ['-s', url]),
        ...(isPrivate ? ['--private'] : []),
      ];
      const command = ['blogdom', ...options, '--confirm'].join(' ');
      const ask = (about: string) => `Ask the registries${about}: ${command}`;
      // The terminal may break the line: a command that asks about all finds is worth that.
      const room = 2 * columns;
      const whole = [ask(''), ...words].join(' ');
      if (words.length === count && whole.length <= room) return [found, whole];
      const { length } = fitting(words, room - ask(` about ${maximumFinds} of them`).length);
      if (length === 0) return [found];
      return [found, [ask(` about ${length} of them`), ...words.slice(0, length)].join(' ')];
    },
  };
}

/** Returns the first words that fit, with a space before each. */
function fitting(words: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = words.findIndex((word) => {
    used += 1 + word.length;
    return used > room;
  });
  return end < 0 ? words : words.slice(0, end);
}
