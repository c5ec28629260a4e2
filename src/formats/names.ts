import type { CreateFormat } from './format.js';

/** Names only, as input for `xargs` or `blogdom -f`. */
export const names: CreateFormat = async () => ({
  header: '',
  line: (result) => `${result.name}\n`,
});
