import { type Behaviour, deny, noData } from './name-server.js';

/** The first label of a name that a run makes up, to see whether a server says that it exists. */
const randomLabel = /^[a-z0-9]{16,}\./;

/** Answers the canaries as they are on the internet (suffixes exist, random labels do not), and all else as the behaviour. */
export const honest =
  (behaviour: Behaviour): Behaviour =>
  (query) => {
    if (query.type === 'NS') return noData;
    return randomLabel.test(query.name) ? deny : behaviour(query);
  };
