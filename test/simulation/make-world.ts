import type { Line, NamesOfWorld, OptionsOfWorld, ServerOfWorld, World } from './world.js';

/** A world by what matters in it. */
export interface WorldSketch {
  readonly seed?: number;
  readonly names?: Partial<NamesOfWorld>;
  /** One server by default. */
  readonly servers?: readonly ServerSketch[];
  readonly options?: Partial<OptionsOfWorld>;
}

export interface ServerSketch extends Partial<Omit<ServerOfWorld, 'line'>> {
  readonly line?: Partial<Line>;
}

/** Makes a world of ten names that do not exist and one honest server nearby, apart from what is said otherwise. */
export const makeWorld = ({ seed = 1, names, servers = [{}], options }: WorldSketch = {}): World => ({
  seed,
  names: {
    count: 10,
    suffixes: ['dev'],
    live: 0,
    taken: 0,
    silent: 0,
    failing: 0,
    areSilentFirst: false,
    interval: 0,
    ...names,
  },
  servers: servers.map(makeServer),
  options: { scheme: 'udp', concurrency: 10_000, tries: 7, ...options },
});

/** Makes an honest server nearby, apart from what is said otherwise. */
export const makeServer = ({ line, ...rest }: ServerSketch = {}): ServerOfWorld => ({
  count: 1,
  character: 'honest',
  line: { delay: 0.1, jitter: 0, loss: 0, duplicates: 0, ...line },
  work: 0,
  faults: [],
  tcp: { kind: 'normal' },
  truncated: 0,
  hasSoa: true,
  ...rest,
});
