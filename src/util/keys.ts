/** `Object.keys` with the type of the keys. Only for an object literal, which has no keys that its type does not show. */
export const keysOf = <Key extends string>(literal: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(literal) as Key[];
