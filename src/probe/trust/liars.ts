import { gradeOf, knowsRoot, type Standing } from './standing.js';
import type { Comparison, Suffix } from './suffix.js';

/** So many times as many servers settle a dispute among many. */
const majority = 4;

/**
 * Describes a dispute between servers that know the root, of which some deny a suffix that others have.
 *
 * @param isMany whether there are so many servers that a few that are alone in what they say are wrong.
 * @returns undefined if there is none.
 */
export function disputeAbout(
  name: string,
  { having, denying }: Comparison,
  isMany: boolean,
): string | undefined {
  const deniers = denying.filter(knowsRoot);
  const others = having.filter(knowsRoot);
  const [denier, other] = [deniers[0], others[0]];
  const isMinority = isMany && deniers.length * majority < others.length;
  return denier && other && !isMinority
    ? `${denier.server.url} denies .${name}, which ${other.server.url} has`
    : undefined;
}

/**
 * Sets aside the servers that lie about a suffix for which there is an honest one.
 *
 * @param isMany whether the others outvote a server that knows the root and denies the suffix.
 * @param noteServer is told about each of them.
 */
export function setAsideLiars(
  { name, standings }: Suffix,
  isMany: boolean,
  noteServer: (message: string) => void,
): void {
  for (const standing of standings.values()) {
    const { server } = standing;
    if (server.isSetAside) continue;
    server.lie = lieOf(standing, name, isMany) ?? server.lie;
    if (server.lie === undefined) continue;
    server.isSetAside = true;
    noteServer(`${server.url} ${server.lie}; it is not asked any more`);
  }
}

function lieOf(standing: Standing, name: string, isMany: boolean): string | undefined {
  const grade = gradeOf(standing);
  if (grade === 'wildcard') return `answers for names under .${name} that do not exist`;
  if (grade !== 'denied' || standing.server.lastRight !== undefined) return undefined;
  if (!knowsRoot(standing)) return `denies .${name} and the root`;
  return isMany ? `denies .${name}, which the others have` : undefined;
}
