import type { CanaryOptions } from './asking.js';
import { type Canary, exists } from './canary.js';
import { type Control, createControls } from './controls.js';
import { createForms, type Forms } from './forms.js';
import { createRandomNames } from './random-names.js';
import { type AskRoot, createAskRoot } from './root.js';
import type { Standing } from './standing.js';
import { createWitness, provesSuffix, type Witness } from './witness.js';

/** Asks the questions whose answers are known beforehand. */
export interface Canaries {
  /** Asks the canaries of one server and suffix. */
  askWitness(standing: Standing): Promise<Witness>;
  /** Tests the form of a name. */
  readonly askForm: Forms['askForm'];
  readonly askRoot: AskRoot;
}

/** Creates the canaries. */
export function createCanaries(options: CanaryOptions): Canaries {
  const { askServer, nextPlace } = options;
  const askRoot = createAskRoot(askServer);
  const controls = createControls(options, askRoot);
  const randomNames = createRandomNames(options);
  const { testSample, askForm } = createForms(randomNames, nextPlace);

  const askWitness = async (standing: Standing): Promise<Witness> => {
    const place = nextPlace();
    const askedControl = controls.ask(standing);
    const askedLong = randomNames.askLong(standing);
    const askedSimilar = testSample(standing, askedLong);
    controls.askCommon(standing);
    const long = await askedLong;
    const similar = await askedSimilar;
    const control = await controls.settle(standing, askedControl, long);
    const randoms = similar ? ([long, similar] as const) : ([long] as const);
    if (control.hasRecovered) {
      // All canaries must be of the same time, but a lie that the first ones have met still counts.
      const again = await askWitness(standing);
      return randoms.some(exists) ? { ...again, random: 'exists' } : again;
    }
    const { suffixName } = standing;
    const begun = beginningOf(suffixName, control, long);
    const witness = createWitness(suffixName, randoms, control.trusted, place, nextPlace(), begun);
    return control.suffix ? { ...witness, suffix: control.suffix } : witness;
  };

  return { askWitness, askForm, askRoot };
}

/**
 * Returns the place from which on a witness shows how the server answers: that of the later one of the control and the long random
 * name. Names in the form of a candidate are asked for one after the other, and the last one may be late.
 */
function beginningOf(suffixName: string, { first, trusted }: Control, long: Canary): number {
  // The denial of the random name may prove the suffix; the control that counts is not needed then.
  const control = trusted && !provesSuffix(suffixName, long.reply) ? trusted : first;
  return Math.max(sentAt(control), sentAt(long));
}

/** The place of the query that was answered; 0 if none was. */
const sentAt = ({ reply }: Canary): number => ('failure' in reply ? 0 : reply.sent);
