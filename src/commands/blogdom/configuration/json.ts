import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { quoted } from '../../../util/printable.js';

/** What JSON has at the place of a mistake, for each kind of mistake. */
const expectations: Readonly<Partial<Record<ReturnType<typeof printParseErrorCode>, string>>> = {
  PropertyNameExpected: 'a name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: '}',
  CloseBracketExpected: ']',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfString: 'a text that ends with a double quote',
  InvalidNumberFormat: 'a number',
};

/** No value of an option is nested deeper. The readers of JSON call themselves for each level. */
const maximumDepth = 10;

/** Finds out whether a text has more brackets and braces within each other than any option has, and says where. */
export function explainDepth(text: string): string | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth > maximumDepth)
      return `${place(text, index)}: expected at most ${maximumDepth} brackets within each other`;
  }
  return undefined;
}

/** Explains what is wrong with a text that is not JSON (RFC 8259), and where. */
export function explainJson(text: string): string {
  // The engine's own messages do not always say where.
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: false, disallowComments: true, allowEmptyContent: false });
  const [first] = errors;
  if (first === undefined) return 'not valid JSON';
  const expected = expectations[printParseErrorCode(first.error)] ?? 'JSON';
  return `${place(text, first.offset)}: expected ${expected}, got ${rest(text, first.offset)}`;
}

function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** What is left of the line. */
function rest(text: string, offset: number): string {
  if (text.slice(offset).trim() === '') return 'the end of the file';
  const [line = ''] = text.slice(offset).split(/[\r\n]/, 1);
  return line === '' ? 'the end of the line' : quoted(line);
}
