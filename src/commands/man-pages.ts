import { mkdirSync, writeFileSync } from 'node:fs';
import * as blogdom from './blogdom/command.js';
import * as flags from './flags/options.js';
import { manPage } from './shared/man-page.js';

// The build runs this program, which writes the man pages.
const folder = 'dist/man';

mkdirSync(folder, { recursive: true });
for (const { createCommand, manual } of [blogdom, flags]) {
  const command = createCommand();
  writeFileSync(`${folder}/${command.name()}.1`, manPage(command, manual));
}
