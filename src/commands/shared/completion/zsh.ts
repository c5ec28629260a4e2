import type { Offer, OptionOffer, ValueOffer } from './offer.js';

/** Quotes a text for zsh. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Escapes a text for a specification of `_arguments`, which gives a meaning to colons, brackets and white space. */
const escaped = (text: string): string => text.replace(/[\\:[\](){}\s'"$`*?~#&;|<>=^!]/g, '\\$&');

const describe = (text: string): string => text.replace(/[\\:[\]]/g, '\\$&');

/** Makes the completion script for zsh. It can be a file `_COMMAND` in a folder of `fpath`, or be sourced. */
export function zshScript({ command, options, words }: Offer): string {
  const name = `_${command}`;
  const specifications = [
    ...options.map((option) => specificationOf(option, name)),
    wordSpecification(words),
  ];
  return `#compdef ${command}
# Completion of ${command} for zsh, made by: ${command} --completion zsh

# Offers the words before --, and those after it only if something has been typed.
${name}_more() {
  local -a flags first
  while [[ $1 != @ ]]; do flags+=("$1"); shift; done
  shift
  while [[ $1 != -- ]]; do first+=("$1"); shift; done
  shift
  compadd -V first "$flags[@]" -a first
  if [[ -n $PREFIX ]]; then compadd "$flags[@]" -a argv; fi
}

${name}() {
  _arguments -s -S \\
    ${specifications.join(' \\\n    ')}
}

# zsh runs this file as a function when it completes for the first time.
if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${command}
fi
`;
}

function specificationOf(
  { short, long, description, value, isRepeatable }: OptionOffer,
  name: string,
): string {
  const explanation = quote(
    `[${describe(description)}]${value ? `${value.isOptional ? '::' : ':'}${escaped(value.name)}:${action(value, name)}` : ''}`,
  );
  const [afterShort, afterLong] = value && !value.isOptional ? ['+', '='] : ['', ''];
  const others = isRepeatable ? "'*'" : quote(`(${short ? `${short} ` : ''}${long})`);
  if (short) return `${others}{${short}${afterShort},${long}${afterLong}}${explanation}`;
  return `${others}${long}${afterLong}${explanation}`;
}

function action({ name, kind, choices, moreChoices }: ValueOffer, command: string): string {
  const list = choices.map(escaped).join(' ');
  const more = moreChoices.map(escaped).join(' ');
  const actions = {
    choice: `(${list})`,
    list: more ? `_sequence ${command}_more - @ ${list} -- ${more}` : `_sequence compadd - ${list}`,
    file: '_files',
    folder: '_files -/',
    any: message(name),
  };
  return actions[kind];
}

/** An empty action would make zsh list a single match instead of inserting it. */
const message = (name: string): string => `_message ${escaped(name)}`;

const wordSpecification = (words: readonly string[]): string =>
  quote(`*:word:${words.length > 0 ? `(${words.map(escaped).join(' ')})` : message('word')}`);
