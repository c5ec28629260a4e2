/** A line of a terminal session. */
export interface RecordedLine {
  /** Milliseconds from the start of the session. */
  readonly at: number;
  /** The text, with the escape sequences of its colours (ECMA-48 section 8.3.117). */
  readonly text: string;
  /** Milliseconds that it takes to type the line; it appears at once without them. */
  readonly typing?: number;
}

const fontSize = 14;
const lineHeight = 20;
const padding = 16;
const columns = 74;
/** The lines that the picture has room for; older ones scroll out of it. */
const rows = 22;

/** Styles by the numbers that escape sequences name them by; the others end a style. */
const styles: Readonly<Record<string, string>> = {
  1: 'font-weight="bold"',
  2: 'opacity=".55"',
  31: 'fill="#ff7b72"',
  32: 'fill="#3fb950"',
  33: 'fill="#d29922"',
  36: 'fill="#39c5cf"',
};

/** Draws a session as a picture that moves, without scripts. It starts again when it has ended. */
export function toSvg(lines: readonly RecordedLine[], duration: number): string {
  const width = Math.round(columns * fontSize * 0.602) + 2 * padding;
  const height = rows * lineHeight + 2 * padding;
  const texts = lines.map((line, index) => drawLine(line, index, duration));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A terminal session: blogdom prints each answer the moment it is known</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<svg x="${padding}" y="${padding}" width="${width - 2 * padding}" height="${rows * lineHeight}">
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="${fontSize}" fill="#e6edf3">
${texts.join('\n')}
${scrolling(lines, duration)}
</g>
</svg>
</svg>
`;
}

function drawLine({ at, text, typing }: RecordedLine, index: number, duration: number): string {
  const y = (index + 1) * lineHeight - 5;
  const appears = `<animate attributeName="visibility" values="hidden;visible" keyTimes="0;${share(at, duration)}" calcMode="discrete" dur="${duration}ms" repeatCount="indefinite"/>`;
  const typed = typing === undefined ? '' : typingOf(at, typing, index, duration);
  const clip = typing === undefined ? '' : ` clip-path="url(#typing-${index})"`;
  return `${typed}<text y="${y}"${clip}>${spans(text)}${appears}</text>`;
}

/** A window that grows over a line as it is typed. */
function typingOf(at: number, typing: number, index: number, duration: number): string {
  const keyTimes = `0;${share(at, duration)};${share(at + typing, duration)};1`;
  return `<clipPath id="typing-${index}"><rect y="${index * lineHeight}" height="${lineHeight}" width="${columns * 9}"><animate attributeName="width" values="20;20;${columns * 9};${columns * 9}" keyTimes="${keyTimes}" dur="${duration}ms" repeatCount="indefinite"/></rect></clipPath>`;
}

/** Moves all lines up as soon as there is no room for one more. */
function scrolling(lines: readonly RecordedLine[], duration: number): string {
  const moves = lines.slice(rows).map(({ at }, index) => ({ at, by: -(index + 1) * lineHeight }));
  const values = ['0 0', ...moves.map(({ by }) => `0 ${by}`)].join(';');
  const keyTimes = [0, ...moves.map(({ at }) => share(at, duration))].join(';');
  return `<animateTransform attributeName="transform" type="translate" values="${values}" keyTimes="${keyTimes}" calcMode="discrete" dur="${duration}ms" repeatCount="indefinite"/>`;
}

const share = (at: number, duration: number): string => (at / duration).toFixed(5);

/** A sequence that begins or ends a style; a literal may not contain the control character. */
const sequence = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);

/** Turns escape sequences into spans. */
function spans(text: string): string {
  let style = '';
  // Every other part is the number of a sequence.
  return text
    .split(sequence)
    .map((part, index) => {
      if (index % 2 === 1) style = styles[part] ?? '';
      else if (part !== '') return style ? `<tspan ${style}>${escaped(part)}</tspan>` : escaped(part);
      return '';
    })
    .join('');
}

/** Escapes what is special in XML, and makes spaces ones that are not joined. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(' ', String.fromCharCode(0xa0));
