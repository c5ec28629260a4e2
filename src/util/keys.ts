/** `Object.keys` with the type of the keys. Correct only for object literals, whose types list all of their keys. */
export const keysOf = <Key extends string>(literal: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(literal) as Key[];
