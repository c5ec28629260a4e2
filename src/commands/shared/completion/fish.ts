import type { Offer, OptionOffer, ValueOffer } from './offer.js';

/** Quotes a text for fish. */
const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Escapes a word for the list of words that fish splits and expands anew. */
const escaped = (word: string): string => word.replace(/[^\w@%+=:,./-]/g, '\\$&');

/** Makes the completion script for fish. */
export function fishScript({ command, options, words }: Offer): string {
  const wordList = words.length > 0 ? ` -a ${quote(words.map(escaped).join(' '))}` : '';
  return `# Completion of ${command} for fish, made by: ${command} --completion fish

complete -c ${command} -e
complete -c ${command} -f${wordList}
${options.map((option) => lineOf(command, option)).join('\n')}
`;
}

function lineOf(command: string, { short, long, description, value }: OptionOffer): string {
  const names = `${short ? `-s ${short.slice(1)} ` : ''}-l ${long.slice(2)}`;
  const described = `${names} -d ${quote(description)}`;
  if (!value?.isOptional) {
    return `complete -c ${command} ${described}${value ? ` ${argument(value)}` : ''}`;
  }
  const choices = quote(value.choices.map(escaped).join(' '));
  // As a word of its own after the option, the value is one of the words that may follow.
  const follows = quote(`test (commandline -opc)[-1] = ${long}`);
  return `complete -c ${command} ${described} -a ${choices}
complete -c ${command} -n ${follows} -a ${choices}`;
}

/** Words that are offered only if something has been typed after the last comma. */
const moreOf = (words: readonly string[]): string =>
  words.length === 0
    ? ''
    : ` (string match -qr -- '[^,=]$' (commandline -ct); and string split ' ' -- ${quote(words.map(escaped).join(' '))})`;

function argument({ kind, choices, moreChoices }: ValueOffer): string {
  const list = choices.map(escaped).join(' ');
  const withArgument = {
    choice: `-x -a ${quote(list)}`,
    list: `-x -a ${quote(`(__fish_append , ${list}${moreOf(moreChoices)})`)}`,
    file: '-r -F',
    folder: `-x -a '(__fish_complete_directories)'`,
    any: '-x',
  };
  return withArgument[kind];
}
