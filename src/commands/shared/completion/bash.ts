import type { Offer, OptionOffer } from './offer.js';

/** Quotes a word for bash. */
const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const quoteAll = (words: readonly string[]): string => words.map(quote).join(' ');

/**
 * Makes the completion script for bash. It needs no other package, and also runs on version 3.2, which macOS has: that
 * has no `compopt`.
 */
export function bashScript({ command, options, words }: Offer): string {
  const name = `_${command.replaceAll('-', '_')}`;
  const names = options.flatMap(({ short, long }) => (short ? [short, long] : [long]));
  const cases = options.filter(({ value }) => value !== undefined).map((option) => caseOf(option, name));
  return `# Completion of ${command} for bash, made by: ${command} --completion bash

${name}_offer() {
  local before=$1 current=$2 choice quoted
  shift 2
  for choice; do
    if [[ $choice == "$current"* ]]; then
      printf -v quoted %q "$choice"
      COMPREPLY+=("$before$quoted")
    fi
  done
}

${name}_offer_list() {
  local current=$1 before= choice
  local choices=()
  shift
  if [[ $current == *,* ]]; then before=\${current%,*},; fi
  for choice; do
    if [[ ,$before != *",$choice,"* ]]; then choices+=("$choice"); fi
  done
  compopt -o nospace 2>/dev/null
  ${name}_offer "$before" "\${current##*,}" "\${choices[@]}"
}

${name}_offer_more() {
  local current=$1 more=$2
  shift 2
  if [[ -n \${current##*,} ]]; then eval "set -- "$@" $more"; fi
  ${name}_offer_list "$current" "$@"
}

${name}_offer_paths() {
  local line path=
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do
    # A line that is not a path is a part of one that has a line feed in it.
    path+=$line
    if [[ -e $path || -L $path || $path == '~'* ]]; then
      COMPREPLY+=("$path")
      path=
    elif [[ -e $line || -L $line ]]; then
      COMPREPLY+=("$line")
      path=
    else
      path+=$'\\n'
    fi
  done < <(compgen "$1" -- "$2")
}

${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]} word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    if [[ $word == -- ]]; then
      ${name}_offer '' "$current" ${quoteAll(words)}
      return
    fi
  done
  # bash makes a word of its own of the = in --option=value.
  if [[ $current == '=' ]]; then
    current=
  elif [[ $option == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case $option in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    ${name}_offer '' "$current" ${quoteAll(names)}
  else
    ${name}_offer '' "$current" ${quoteAll(words)}
  fi
}

complete -F ${name} ${command}
`;
}

function caseOf({ short, long, value }: OptionOffer, name: string): string {
  const pattern = short ? `${short} | ${long}` : long;
  const choices = quoteAll(value?.choices ?? []);
  const more = quoteAll(value?.moreChoices ?? []);
  const offers = {
    choice: `${name}_offer '' "$current" ${choices}`,
    list: more
      ? `${name}_offer_more "$current" ${quote(more)} ${choices}`
      : `${name}_offer_list "$current" ${choices}`,
    file: `${name}_offer_paths -f "$current"`,
    folder: `${name}_offer_paths -d "$current"`,
    any: ':',
  };
  const end = value?.isOptional ? '' : '\n      return';
  return `    ${pattern})
      ${offers[value?.kind ?? 'any']}${end}
      ;;`;
}
