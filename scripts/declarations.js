import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A function or constant with its comment, in emitted declarations. */
const value =
  /^(?:\/\*\*(?:(?!\*\/)[\s\S])*?\*\/\n)?export declare (?:function|const) [\s\S]*?;\n(?![\s}])/gm;
const imported = /^import (?:type )?\{ (.*) \} from '.*';\n/gm;

/**
 * Emits the declarations of a module of src/ and of the types that it needs, directly or indirectly. Of the other modules,
 * only the types can be reached, so their functions and constants are left out.
 */
export function emitDeclarations(entry, folder) {
  // The compiler emits the declarations of every module that it reads.
  const all = mkdtempSync(join(tmpdir(), 'blogdom-types-'));
  const command = ['node_modules/typescript/bin/tsc', '-p', 'scripts/library.tsconfig.json', '--outDir', all];
  execFileSync(process.execPath, command, { stdio: 'inherit' });
  const needed = new Set([entry]);
  for (const file of needed) {
    const whole = readFileSync(join(all, file), 'utf8');
    const text = file === entry ? whole : typesOf(whole);
    for (const [, module] of text.matchAll(/'(\.[^']*)\.js'/g))
      needed.add(join(dirname(file), `${module}.d.ts`));
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  rmSync(all, { recursive: true });
}

/** Leaves out functions and constants, and then the imports that are not used. */
function typesOf(text) {
  const types = text.replace(value, '');
  return types.replace(imported, (statement, names) => {
    const isUsed = (name) => types.replace(imported, '').match(new RegExp(`\\b${name}\\b`));
    return names.split(', ').some((name) => isUsed(name.replace('type ', ''))) ? statement : '';
  });
}
