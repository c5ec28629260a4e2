import type { MakeFormat } from './format.js';

/** The name alone, as `xargs` and `blogdom -f` take it. */
export const names: MakeFormat = async () => ({
  header: '',
  line: (result) => `${result.name}\n`,
});
