import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences that bundled packages may have. All of them allow it if their text is shipped. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

/**
 * Makes a text with the licences of the packages that are bundled. A text that several packages share comes once.
 *
 * @param inputs the paths of the bundled modules.
 * @throws Error if a package has a licence that does not allow it, or none.
 */
export function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const byText = new Map();
  for (const folder of [...folders].toSorted()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!allowed.includes(license)) {
      throw new Error(`expected a licence of ${allowed.join(', ')} for ${name}, got ${license}`);
    }
    const { copyright, rest } = split(licenceText(folder, name));
    const group = byText.get(rest) ?? [];
    byText.set(rest, [...group, [`${name} ${version} (${license})`, ...copyright].join('\n  ')]);
  }
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}`);
  return `blogdom contains these packages, under these licences.\n\n${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

function licenceText(folder, name) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined || !existsSync(join(folder, file))) {
    throw new Error(`expected a file with the licence of ${name} in ${folder}, got none`);
  }
  return readFileSync(join(folder, file), 'utf8').trim();
}

/** Separates who has the copyright from the terms, whose lines are joined, so that equal terms are equal texts. */
function split(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const isCopyright = (line) => /^copyright\b.*\d|^copyright \(c\)/i.test(line);
  const isTitle = (line) => /^\(?(?:the )?(?:MIT|ISC)(?: licen[cs]e)?(?: \(MIT\))?\)?$/i.test(line);
  const terms = lines.filter((line) => !isCopyright(line) && !isTitle(line)).join('\n');
  const paragraphs = terms.split(/\n{2,}/).map((paragraph) => paragraph.replaceAll('\n', ' ').trim());
  return { copyright: lines.filter(isCopyright), rest: paragraphs.filter(Boolean).join('\n\n') };
}
