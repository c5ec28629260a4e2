import {
  createRound,
  createTallies,
  type Round,
  type Tallies,
  type Tally,
} from '../../../src/dns/resolver/round.js';

/** Makes a tally: queries sent and lost; all others have been answered unless their number is given. */
export const tally = (sent: number, lost: number, answered = sent - lost): Tally => ({
  sent,
  answered,
  lost,
});

/** Makes the tallies of queries: those that are not given are none. */
export const talliesOf = (tallies: Partial<Tallies>): Tallies => ({ ...createTallies(), ...tallies });

/** What came of names a fifth of which is never answered, as far as 16 second attempts tell; the line loses nothing. */
export const mixedHistory: Tallies = talliesOf({ first: tally(100, 25), second: tally(16, 16) });

/** What is special about a round. */
interface RoundOptions {
  readonly first?: Tally;
  readonly second?: Tally;
  readonly proven?: Tally;
  readonly later?: Tally;
  readonly setting?: number;
  /** Milliseconds from its first query to its last one. */
  readonly time?: number;
  readonly isClosed?: boolean;
}

/** Makes a closed round of 100 ms. */
export const roundOf = ({
  first = tally(0, 0),
  second = tally(0, 0),
  proven = tally(0, 0),
  later = tally(0, 0),
  setting = 0,
  time = 100,
  isClosed = true,
}: RoundOptions): Round => ({
  ...createRound(setting, 1000),
  lastSentAt: 1000 + time,
  isClosed,
  first,
  second,
  proven,
  later,
});
