/** The keys of a literal, which Object.keys types for objects that may hold more than their type says. */
export const keysOf = <Key extends string>(literal: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(literal) as Key[];
