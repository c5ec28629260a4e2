import { answer } from './name-server.js';

export { serve } from './serve.js';

/** The true answer in these tests. */
export const one = answer('192.0.2.1');

/** `x1.dev`, `x2.dev` and so on. */
export const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `x${index + 1}.dev`);
