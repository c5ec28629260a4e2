import { type Behaviour, deny, noData } from './name-server.js';

/** Whether the first label of a name is random, as that of a canary; no test asks for such a name itself. */
export const isRandom = (name: string): boolean => /^[a-z0-9]{16,63}\./.test(name);

/** Answers canaries truthfully (suffixes exist, random names do not) and all other queries as `behaviour` does. */
export const honest =
  (behaviour: Behaviour): Behaviour =>
  (query) => {
    if (query.type === 'NS') return noData;
    return isRandom(query.name) ? deny : behaviour(query);
  };
