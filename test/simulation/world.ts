/** A world: names, servers and lines, from which a whole run follows. */
export interface World {
  readonly seed: number;
  readonly names: NamesOfWorld;
  readonly servers: readonly ServerOfWorld[];
  readonly options: OptionsOfWorld;
}

/** The names that are asked for. */
export interface NamesOfWorld {
  readonly count: number;
  readonly suffixes: readonly string[];
  /** The shares of names that exist, that exist without an address, that are never answered, and for which servers fail. */
  readonly live: number;
  readonly taken: number;
  readonly silent: number;
  readonly failing: number;
  /** Whether the names that are never answered come first. */
  readonly areSilentFirst: boolean;
  /** Milliseconds from one name to the next; 0 if all are there at once. */
  readonly interval: number;
}

export interface OptionsOfWorld {
  readonly scheme: 'udp' | 'tcp' | 'auto';
  readonly rate?: number | undefined;
  readonly concurrency: number;
  /** Tries for one question. */
  readonly tries: number;
}

/** What is on the way to a server. All times are in milliseconds, one way. */
export interface Line {
  readonly delay: number;
  readonly jitter: number;
  /** The shares of datagrams that are lost and that come twice. */
  readonly loss: number;
  readonly duplicates: number;
}

/** What a server does with what exceeds its limit. */
export type Beyond = 'drop' | 'REFUSED' | 'SERVFAIL';

/** A limit of a server: so many queries a second after a burst, or so many in work at a time. */
export type Limit =
  | { readonly kind: 'rate'; readonly rate: number; readonly burst: number; readonly beyond: Beyond }
  | { readonly kind: 'in work'; readonly count: number; readonly beyond: Beyond };

/** What a server does wrong for a while. */
export interface Fault {
  readonly kind: 'silent' | 'restart' | 'SERVFAIL' | 'REFUSED' | 'denies all' | 'answers all';
  readonly from: number;
  readonly to: number;
}

/** How a server answers all the time. */
export type Character =
  | 'honest'
  /** Refuses one name in three. */
  | 'filters'
  /** Blocks one name in three, each in one of several ways. */
  | 'blocks'
  /** Denies every name below .dev, but not .dev itself. */
  | 'filters suffix'
  /** Makes up an address for each short name that does not exist. */
  | 'redirects short'
  | 'denies all'
  | 'answers all'
  | 'refuses all'
  | 'silent'
  | 'nothing listens'
  | 'denies single labels'
  | 'refuses single labels';

/** How a server treats connections. */
export type Tcp =
  | { readonly kind: 'normal' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'hangs' }
  | { readonly kind: 'closes'; readonly after: number }
  | { readonly kind: 'falls silent'; readonly after: number }
  | { readonly kind: 'first of segment' };

export interface ServerOfWorld {
  readonly count: number;
  readonly character: Character;
  readonly line: Line;
  /** Milliseconds that it needs for a name at most; each takes a share of it. */
  readonly work: number;
  readonly limit?: Limit | undefined;
  readonly faults: readonly Fault[];
  readonly tcp: Tcp;
  /** The share of replies that do not fit into a datagram. */
  readonly truncated: number;
  /** Whether its denials have SOA records. */
  readonly hasSoa: boolean;
}
