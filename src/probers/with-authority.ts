import { openProber, type Prober, type ProberOptions } from '../probe/prober.js';
import { commonOutage } from './common-outage.js';

/**
 * Opens a prober of resolvers that asks the authority about names for which they have no answer.
 *
 * @param openAuthority opens the prober of the authority; called when it is first needed.
 */
export function openWithAuthority(
  options: Omit<ProberOptions, 'authority'>,
  openAuthority: () => Prober,
): Prober {
  let authority: Prober | undefined;
  let isClosed = false;
  const prober = openProber({
    ...options,
    authority(candidate, capacityFreed) {
      // Nothing is answered after the end.
      if (isClosed) return new Promise(() => {});
      authority ??= openAuthority();
      return authority.probe(candidate, capacityFreed);
    },
  });
  return {
    ...prober,
    capacity: () => prober.capacity() + (authority?.capacity() ?? 0),
    waiting: () => prober.waiting() + (authority?.waiting() ?? 0),
    waitingFor: () => prober.waitingFor() ?? authority?.waitingFor(),
    outage: () => commonOutage(authority ? [prober, authority] : [prober]),
    close() {
      isClosed = true;
      prober.close();
      authority?.close();
    },
  };
}
