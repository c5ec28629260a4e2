import type { CreateFormat, LineFormat } from './format.js';

/** Names only, as input for `xargs` or `blogdom -f`. */
export const names: CreateFormat<LineFormat> = async () => ({
  header: '',
  line: (result) => `${result.name}\n`,
});
