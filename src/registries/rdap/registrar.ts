import { isObject } from '../../util/json.js';
import { printable } from '../../util/printable.js';

type Json = Readonly<Record<string, unknown>>;

/** The characters of the name of a registrar at most. */
const maximumNameLength = 200;
/** Entities are looked for in entities in entities, and no deeper. */
const maximumDepth = 3;

/** The roles of entities below a registrar (RFC 9083 section 10.2.4) that do not have its name. */
const contactRoles: readonly unknown[] = ['abuse', 'technical', 'billing', 'administrative', 'noc'];

/**
 * Returns the name of the first entity that is the registrar (RFC 9083 section 5.1), which may be within another one. Its name may
 * be within it, too. Without a name, the number that IANA has given it is returned.
 */
export function registrarIn(entities: unknown): string | undefined {
  const registrar = findRegistrar(entities, maximumDepth);
  if (registrar === undefined) return undefined;
  const inner = objectsIn(registrar['entities']).filter(
    ({ roles }) => ![roles].flat().some((role) => contactRoles.includes(role)),
  );
  const [name] = [registrar, ...inner].flatMap(({ vcardArray }) => nameIn(vcardArray) ?? []);
  return name ?? registrarNumber(registrar);
}

function findRegistrar(entities: unknown, depth: number): Json | undefined {
  const all = objectsIn(entities);
  const isRegistrar = ({ roles }: Json) =>
    [roles].flat().some((role) => typeof role === 'string' && role.toLowerCase() === 'registrar');
  const found = all.find(isRegistrar);
  if (found || depth === 1) return found;
  for (const entity of all) {
    const inner = findRegistrar(entity['entities'], depth - 1);
    if (inner) return inner;
  }
  return undefined;
}

/**
 * Returns the name in a vCard in JSON, `["vcard", [["fn", {}, "text", "Name"]]]` (RFC 7095 section 3.3), or else the organisation.
 */
function nameIn(vcard: unknown): string | undefined {
  const [, properties] = itemsOf(vcard);
  const all = itemsOf(properties).map(itemsOf);
  const isNamed = (name: unknown, wanted: string) =>
    typeof name === 'string' && name.toLowerCase() === wanted;
  // An organisation may come with its departments.
  const textOf = (wanted: string) => readName([all.find(([name]) => isNamed(name, wanted))?.[3]].flat()[0]);
  return textOf('fn') ?? textOf('org');
}

function readName(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const name = Array.from(printable(text.slice(0, maximumNameLength).replace(/\s+/g, ' ').trim()));
  return name.length > 0 ? name.slice(0, maximumNameLength).join('') : undefined;
}

/** Returns the number of a registrar in IANA's registry "Registrar IDs" (RFC 9083 section 4.8). */
function registrarNumber({ publicIds }: Json): string | undefined {
  for (const { type, identifier } of objectsIn(publicIds)) {
    const isIana = typeof type === 'string' && /^iana registrar id\b/i.test(type.trim());
    const number = typeof identifier === 'string' || typeof identifier === 'number' ? `${identifier}` : '';
    if (isIana && /^\d{1,6}$/.test(number)) return `IANA registrar ${number}`;
  }
  return undefined;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const objectsIn = (value: unknown): readonly Json[] => [value].flat().filter(isObject);
