import { type Clock, systemClock } from '../../util/clock.js';
import { type Random, systemRandom } from '../../util/random.js';
import { type Sockets, systemSockets } from './sockets.js';

/** Clock, random numbers and sockets: all that a run takes from outside, so that tests can replace it. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly sockets: Sockets;
}

/** The platform of the system. */
export const systemPlatform: Platform = {
  clock: systemClock,
  random: systemRandom,
  sockets: systemSockets,
};
