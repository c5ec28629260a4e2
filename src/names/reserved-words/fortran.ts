import { type WordList, words } from './word-list.js';

/**
 * Fortran 2018, which reserves no word: the words of its statements in `flang/docs/f2018-grammar.md` of
 * llvm/llvm-project, without I/O specifiers such as `UNIT=`, edit descriptors and extensions. The standard
 * itself was not read, and the date of the file was not noted. `tokenizer.re` of lfortran/lfortran as of
 * 2026-08-22 has all of them but `fail`, `image`, `lock` and `unlock`. No soft words were collected.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    abstract all allocatable allocate assignment associate asynchronous backspace bind block call case
    change character class close codimension common complex concurrent contains contiguous continue
    critical cycle data deallocate default deferred dimension do double elemental else elsewhere end
    endfile entry enum enumerator equivalence error event exit extends external fail final flush forall
    form format formatted function generic go if image images implicit import impure in inout inquire
    integer intent interface intrinsic is kind len local local_init lock logical memory module namelist
    non_intrinsic non_overridable non_recursive none nopass nullify only open operator optional out
    parameter pass pointer post precision print private procedure program protected public pure rank read
    real recursive result return rewind save select sequence shared stop submodule subroutine sync target
    team then to type unformatted unlock use value volatile wait where while write
  `),
  soft: [],
} satisfies WordList;
