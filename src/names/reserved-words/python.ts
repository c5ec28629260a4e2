import { type WordList, words } from './word-list.js';

/**
 * Python 3.14: `keyword.py` of CPython 3.14.2 (`kwlist`, `softkwlist`), from `python_stdlib.zip` of npm
 * pyodide 314.0.7. Read in the official source.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    False None True and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with yield
  `),
  soft: words('_ case match type'),
} satisfies WordList;
