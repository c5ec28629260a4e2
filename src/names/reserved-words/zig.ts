import { type WordList, words } from './word-list.js';

/**
 * Zig 0.15: a public copy of `std/zig/tokenizer.zig`, without `async`, `await` and `usingnamespace`, which
 * 0.15 removed. The official source was not read. No soft words were collected.
 */
export default {
  collected: '2026-11-22',
  hard: words(`
    addrspace align allowzero and anyframe anytype asm break callconv catch comptime const continue defer
    else enum errdefer error export extern fn for if inline noalias noinline nosuspend opaque or orelse
    packed pub resume return linksection struct suspend switch test threadlocal try union unreachable var
    volatile while
  `),
  soft: [],
} satisfies WordList;
