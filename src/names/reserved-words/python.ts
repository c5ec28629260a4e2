import { type WordList, words } from './word-list.js';

/**
 * Python 3.15, which added `lazy` (PEP 810): `Lib/keyword.py` of python/cpython (`kwlist`, `softkwlist`) at
 * commit e41b38b, whose date was not noted, read in Chromium's copy of the repository. But for `lazy`, it
 * has the words of CPython 3.14.2 in `python_stdlib.zip` of npm pyodide 314.0.7.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    False None True and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with yield
  `),
  soft: words('_ case match type lazy'),
} satisfies WordList;
