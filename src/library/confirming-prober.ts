import type { Prober } from '../probe/prober.js';
import type { Confirmer, ConfirmOptions } from '../registries/open.js';

/**
 * Wraps a prober so that the registries confirm its results. They are loaded with the first name.
 *
 * @returns a prober that counts names which wait for a registry among those that are answered already. `probe` rejects with a
 * RangeError if the bootstrap file of the caller cannot be used.
 */
export function withConfirmation(prober: Prober, options: ConfirmOptions): Prober {
  let confirmer: Promise<Confirmer> | undefined;
  let confirming = 0;
  return {
    ...prober,
    async probe(candidate, capacityFreed) {
      confirmer ??= openConfirmer(options, prober);
      const { confirm } = await confirmer;
      const result = await prober.probe(candidate, capacityFreed);
      confirming++;
      try {
        const confirmed = confirm(result);
        capacityFreed?.();
        return await confirmed;
      } finally {
        confirming--;
      }
    },
    waiting: () => prober.waiting() + confirming,
    close() {
      prober.close();
      confirmer?.then(({ close }) => close()).catch(() => {});
    },
  };
}

async function openConfirmer(options: ConfirmOptions, { probe }: Prober): Promise<Confirmer> {
  const { openRegistries } = await import('../registries/open.js');
  const registries = await openRegistries(options);
  if ('createConfirmer' in registries) return registries.createConfirmer({ probe, note() {} });
  const { problem } = registries;
  throw new RangeError(`${problem.charAt(0).toUpperCase()}${problem.slice(1)}`);
}
