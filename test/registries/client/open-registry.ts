import { type Access, createRegistry } from '../../../src/registries/client/registry.js';
import type { RequestLimit } from '../../../src/registries/client/request-pacing.js';
import { type PlayedReply, playRegistries } from '../played.js';

interface Options {
  readonly longestWait?: number;
  readonly limit?: RequestLimit;
  readonly delay?: number;
  readonly isAnswer?: Access['isAnswer'];
}

/** A client for a played registry. */
export function openRegistry(
  reply: PlayedReply,
  { longestWait = 10_000, limit, delay, isAnswer }: Options = {},
) {
  const played = playRegistries(reply, delay);
  const { clock, play, send } = played;
  const registry = createRegistry(longestWait, { send, limit, isAnswer }, clock);
  const get = (name: string, left?: number, share?: number) =>
    registry.get(`https://rdap.example/domain/${name}.dev`, left && clock.now() + left, share);
  return {
    ...played,
    registry,
    get,
    ask: async (name = 'x') => (await play(get(name))).result,
    askAgain: (name = 'x', left = 10_000, share?: number) => play(get(name, left, share)),
    askAll: (names: readonly string[]) =>
      play(Promise.all(names.map(async (name) => (await get(name)).result))),
  };
}

export const names = ['a', 'b', 'c', 'd', 'e', 'f'];
export const manyNames = Array.from({ length: 1000 }, (_, index) => `x${index}`);
