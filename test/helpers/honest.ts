import { record } from './name-server/reply.js';
import { type Behaviour, deny, noData, reply } from './name-server.js';

/** Whether the first label of a name is random, as that of a canary; no test asks for such a name itself. */
export const isRandom = (name: string): boolean => /^[a-z0-9]{16,63}\./.test(name);

/** Says that a name is a zone of its own. */
const delegated: Behaviour = ({ name }) => reply({ answers: [record('NS', name, 'ns.example')] });

/**
 * Answers canaries truthfully (suffixes exist, long random names do not, all other names are zones) and all other queries as
 * `behaviour` does.
 */
export const honest =
  (behaviour: Behaviour): Behaviour =>
  (query) => {
    if (query.type === 'NS' && query.name.includes('.') && !isRandom(query.name)) return delegated(query);
    if (query.type === 'NS') return noData;
    return isRandom(query.name) ? deny : behaviour(query);
  };
