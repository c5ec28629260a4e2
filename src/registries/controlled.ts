import type { ProbeResult } from '../probe/result.js';
import {
  afterAsking,
  afterDenial,
  afterEvasion,
  afterFailure,
  afterFinding,
  afterLook,
  type Controls,
  controlIn,
  nextStep,
  noControls,
  type Step,
  withAnotherRound,
  withName,
} from './control.js';
import type { LookUp, LookUpResult } from './look-up.js';
import { findRegistrable } from './registrable.js';

/** What is needed to find controls. */
export interface ControlOptions {
  /** Asks the registries. */
  readonly lookUp: LookUp;
  /** Whether the DNS shows that this name exists. */
  readonly existsInDns: (name: string) => Promise<boolean>;
  /** Receives what a person should know about a registry, each message once. */
  readonly note: (message: string) => void;
}

/**
 * Looks up the registration of a registrable name.
 *
 * @param result what the DNS says about the name, or about one below it.
 */
export type ControlledLookUp = (name: string, result: ProbeResult) => Promise<LookUpResult>;

/** A look-up that believes a registry only after a control. */
export interface Controlled {
  readonly lookUp: ControlledLookUp;
  /** Receives a result of the run, whose name may serve as a control. */
  observe(result: ProbeResult): void;
}

const suffixOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** Makes a look-up believe the registry of a suffix only after that has found a name there which exists. */
export function createControlled({ lookUp, existsInDns, note }: ControlOptions): Controlled {
  const suffixes = new Map<string, Controls>();
  /** The steps that are being taken, by suffix. */
  const steps = new Map<string, Promise<void>>();
  const noted = new Set<string>();

  const controlsOf = (suffix: string): Controls => suffixes.get(suffix) ?? noControls(suffix);

  const update = (suffix: string, change: (controls: Controls) => Controls) =>
    void suffixes.set(suffix, change(controlsOf(suffix)));

  /** Records what the registry says about a control. */
  const record = (name: string, found: LookUpResult) =>
    update(suffixOf(name), (controls) => {
      if ('failure' in found) return afterFailure(controls, name, found.failure);
      if (found.registered) return afterFinding(controls, found.redirectedTo);
      if (found.withheld === undefined) return afterDenial(controls, name, found.redirectedTo);
      return found.hasNoRecord
        ? afterEvasion(
            controls,
            `its registry does not know ${name}, which exists, but says: ${found.withheld}`,
          )
        : afterFinding(controls, found.redirectedTo);
    });

  const take = async (suffix: string, step: Extract<Step, { name: string }>): Promise<void> => {
    const { kind, name } = step;
    if (kind === 'look') {
      const registrable = findRegistrable(name);
      const exists = 'name' in registrable && registrable.name === name && (await existsInDns(name));
      update(suffix, (controls) => afterLook(controls, name, exists));
      return;
    }
    update(suffix, (controls) => afterAsking(controls, name));
    record(name, await lookUp(name, { isUrgent: true }));
  };

  const noteDenials = (suffix: string, denied: readonly string[]) => {
    if (denied.length === 0 || noted.has(suffix)) return;
    noted.add(suffix);
    const verb = denied.length > 1 ? 'exist' : 'exists';
    note(
      `the registry of .${suffix} denies ${denied.join(' and ')}, which ${verb}: it is not believed that a name is unregistered`,
    );
  };

  const noteDenial = (suffix: string, name: string) => {
    if (noted.has(suffix)) return;
    noted.add(suffix);
    note(`the registry of .${suffix} denies ${name}, which exists, but finds another name`);
  };

  /** Returns why a denial is not believed; undefined if it is. Looks for a control if there is none yet. */
  const objection = async (suffix: string, source: string | undefined): Promise<string | undefined> => {
    update(suffix, withAnotherRound);
    for (;;) {
      const step = nextStep(controlsOf(suffix), source);
      if (step.kind === 'believe') return undefined;
      if (step.kind === 'refuse') {
        noteDenials(suffix, step.denied);
        return step.reason;
      }
      const taken = steps.get(suffix) ?? take(suffix, step).finally(() => steps.delete(suffix));
      steps.set(suffix, taken);
      await taken;
    }
  };

  return {
    observe(result) {
      if (result.status !== 'live' && result.status !== 'taken') return;
      const name = controlIn(result);
      if (name !== undefined) update(suffixOf(name), (controls) => withName(controls, name));
    },
    async lookUp(name, result) {
      const found = await lookUp(name);
      if ('failure' in found) return found;
      if (controlIn(result) === name) record(name, found);
      const isOwnWord = found.redirectedTo === undefined;
      if (found.registered || (found.withheld !== undefined && isOwnWord)) return found;
      const failure = await objection(suffixOf(name), found.redirectedTo);
      if (failure === undefined && found.withheld === undefined && controlIn(result) === name)
        noteDenial(suffixOf(name), name);
      return failure === undefined ? found : { failure, url: found.url, official: found.official };
    },
  };
}
