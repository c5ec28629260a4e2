import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/**
 * `npm run mutants [-- PATH...]`: changes the source in many small ways (mutants), and runs the unit tests against each. It
 * prints the share of the mutants that made a test fail, and those that did not; it ends with status 1 if a folder is
 * under its goal. A PATH is a folder or a file in one of `roots`. The mutants of `test/mutants/equivalent.json`, which
 * change nothing that can be told from outside, do not count.
 */
const roots = ['src/probe', 'src/dns/resolver', 'src/registries'];

/** The share of mutants that must be killed, in per cent. */
const goals = {
  'src/probe': 85,
  'src/probe/trust': 92,
  'src/dns/resolver': 85,
  'src/registries': 85,
};

const paths = process.argv.slice(2).map((path) => relative('.', path));
const equivalent = JSON.parse(readFileSync('test/mutants/equivalent.json', 'utf8'));
for (const path of paths.length > 0 ? paths : roots) {
  const root = roots.find((folder) => isIn(path, folder));
  if (root === undefined) throw new Error(`expected a path in ${roots.join(', ')}, got ${path}`);
  report(path, await test(path, root));
}

/** Tests the mutants of a path with the tests of its root. */
async function test(path, root) {
  process.env.MUTANTS_TESTS = root.replace(/^src/, 'test');
  const stryker = new Stryker({
    mutate: [path.endsWith('.ts') ? path : `${path}/**/*.ts`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutants/vitest.config.ts' },
    coverageAnalysis: 'perTest',
    // Code that runs when a module is loaded needs a new run of all tests for each mutant.
    ignoreStatic: true,
    concurrency: 2,
    tempDirName: 'build/mutants',
    ignorePatterns: ['build', 'dist', 'docs'],
    // Stryker would read these with the API of TypeScript, which TypeScript 7 does not have.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    reporters: ['progress-append-only'],
    logLevel: 'warn',
  });
  return (await stryker.runMutationTest()).map(describe);
}

/** Prints the score of each folder that has a goal, and then the survivors. */
function report(path, mutants) {
  const folders = Object.keys(goals).filter((folder) => isIn(folder, path));
  const goalOf = (folder) => goals[Object.keys(goals).findLast((name) => isIn(folder, name))];
  for (const folder of folders.length > 0 ? folders : [path]) {
    const counted = mutants.filter(({ file, status }) => isIn(file, folder) && status !== 'ignored');
    const killed = counted.filter(({ status }) => status === 'killed');
    // On a busy machine, a time-out need not be the mutant's doing.
    const late = killed.filter(({ isLate }) => isLate).length;
    const score = counted.length === 0 ? 100 : (killed.length / counted.length) * 100;
    const goal = goalOf(folder);
    console.log(
      `${folder}: ${killed.length} of ${counted.length} killed (${late} by a time-out), ${score.toFixed(1)} % (goal ${goal} %)`,
    );
    if (score < goal) process.exitCode = 1;
  }
  const inOrder = mutants.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  for (const { file, line, status, original, mutated } of inOrder) {
    if (status === 'survived') console.log(`${file}:${line}\n  - ${original}\n  + ${mutated}`);
  }
  for (const entry of equivalent.filter(({ file }) => isIn(file, path))) {
    const isFound = mutants.some((mutant) => mutant.status === 'ignored' && isSame(entry, mutant));
    if (!isFound) console.log(`${entry.file}: no such survivor, but in equivalent.json: ${entry.mutated}`);
  }
}

/** Describes a mutant by its whole lines, before and after, and by what counts: killed, survived, or ignored. */
function describe({ fileName, location: { start, end }, replacement, status }) {
  const file = relative('.', fileName);
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').slice(start.line - 1, end.line);
  const mutated = lines[0].slice(0, start.column - 1) + replacement + lines.at(-1).slice(end.column - 1);
  const mutant = {
    file,
    line: start.line,
    original: inOneLine(lines.join(' ')),
    mutated: inOneLine(mutated),
  };
  if (status === 'Killed' || status === 'Timeout')
    return { ...mutant, status: 'killed', isLate: status === 'Timeout' };
  const hasSurvived = status === 'Survived' || status === 'NoCoverage';
  const counts = hasSurvived && !equivalent.some((entry) => isSame(entry, mutant));
  return { ...mutant, status: counts ? 'survived' : 'ignored' };
}

function isSame(entry, { file, original, mutated }) {
  return entry.file === file && entry.original === original && entry.mutated === mutated;
}

function inOneLine(text) {
  return text.trim().replace(/\s+/g, ' ');
}

function isIn(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}
