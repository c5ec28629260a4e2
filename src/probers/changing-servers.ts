import type { Server } from '../dns/transport/index.js';
import type { Candidate } from '../names/candidate.js';
import type { Prober } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';
import type { CancelTimer, Clock } from '../util/clock.js';

/** The servers of a system whose network may change. */
export interface ChangingServers {
  /** Reads which servers the system is set to use now; none if none is configured. */
  read(): readonly Server[];
  /** Opens a prober that asks them. */
  open(servers: readonly Server[]): Prober;
}

/** A name without a result. */
interface PendingName {
  readonly candidate: Candidate;
  readonly capacityFreed: (() => void) | undefined;
  readonly resolve: (result: ProbeResult) => void;
}

/** Milliseconds from one reading of the settings to the next. */
const readInterval = 1000;

/**
 * Creates a prober that asks the servers of the system. As long as no name is answered, it reads each second which servers
 * these are. If they are others now, it asks them about all names without a result, and about all later ones.
 *
 * @param first the servers as they have just been read.
 */
export function withChangingServers(
  first: readonly Server[],
  { read, open }: ChangingServers,
  clock: Clock,
): Prober {
  const pending = new Set<PendingName>();
  let servers = first;
  let prober = open(first);
  let readAt = clock.now();
  /** Whether a name has been answered since the timer was set. */
  let isAnswering = false;
  let cancelTimer: CancelTimer | undefined;
  let isClosed = false;

  async function ask(name: PendingName): Promise<void> {
    const asked = prober;
    const result = await asked.probe(name.candidate, name.capacityFreed);
    // Other servers have been asked meanwhile.
    if (asked !== prober || isClosed) return;
    if (result.status !== 'unknown') isAnswering = true;
    else if (askOthers()) return;
    pending.delete(name);
    name.resolve(result);
  }

  /** Reads the settings. Returns whether all pending names are now asked of other servers. */
  function askOthers(): boolean {
    const now = clock.now();
    if (now - readAt < readInterval) return false;
    readAt = now;
    const current = read();
    if (current.length === 0 || urlsOf(current) === urlsOf(servers)) return false;
    prober.close();
    servers = current;
    prober = open(current);
    for (const name of pending) void ask(name);
    return true;
  }

  function setTimer(): void {
    isAnswering = false;
    cancelTimer = clock.setTimer(readInterval, () => {
      cancelTimer = undefined;
      if (pending.size === 0) return;
      if (!isAnswering) askOthers();
      setTimer();
    });
  }

  return {
    probe(candidate, capacityFreed) {
      if (cancelTimer === undefined && !isClosed) setTimer();
      return new Promise((resolve) => {
        const name = { candidate, capacityFreed, resolve };
        pending.add(name);
        void ask(name);
      });
    },
    capacity: () => prober.capacity(),
    waiting: () => prober.waiting(),
    waitingFor: () => prober.waitingFor(),
    outage: () => prober.outage(),
    reports: () => prober.reports(),
    close() {
      isClosed = true;
      cancelTimer?.();
      prober.close();
    },
  };
}

const urlsOf = (servers: readonly Server[]): string => servers.map(({ url }) => url).join(' ');
