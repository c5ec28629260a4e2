import type { Registration } from '../probe/result.js';

/** How a name is looked up. */
export interface LookUpOptions {
  /** Whether it goes before the names that wait for the same registry. */
  readonly isUrgent?: boolean;
}

/** A registry's answer about a name. */
export type KnownAnswer = {
  /** The host that answered, if the registry has redirected to a server that it does not list. */
  readonly redirectedTo?: string | undefined;
} & (
  | {
      readonly registered: true;
      /** Why the name is absent from the DNS, if the registry says so. */
      readonly state: string | undefined;
      readonly registration?: Registration | undefined;
    }
  | {
      readonly registered: false;
      /** Why nobody can register the name, in the registry's own word. */
      readonly withheld?: string | undefined;
      /** Whether it has no record of the name, so that the answer does not show that it knows the names that exist. */
      readonly hasNoRecord?: true;
      /** What the registry says of the name besides, such as a price. */
      readonly words?: string | undefined;
    }
);

/** The reason why there is no answer. */
export interface Failure {
  readonly failure: string;
}

/** A registry's answer about a name, or the reason why there is none. */
export type RegistryAnswer = KnownAnswer | Failure;
