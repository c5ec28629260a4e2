import { type Behaviour, deny, noData } from './name-server.js';

/** Matches the random names that blogdom asks for to see whether a server claims that they exist. */
const randomName = /^[a-z0-9]{16,}\./;

/** Answers canaries truthfully (suffixes exist, random names do not) and all other queries as `behaviour` does. */
export const honest =
  (behaviour: Behaviour): Behaviour =>
  (query) => {
    if (query.type === 'NS') return noData;
    return randomName.test(query.name) ? deny : behaviour(query);
  };
