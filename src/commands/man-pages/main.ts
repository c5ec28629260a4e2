import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as blogdom from '../blogdom/command.js';
import * as flags from '../flags/options.js';
import { manPage } from './man-page.js';

// The build runs this program, which writes the man pages; `man` reads them compressed.
const folder = 'dist/man';

mkdirSync(folder, { recursive: true });
for (const { createCommand, manual } of [blogdom, flags]) {
  const command = createCommand();
  writeFileSync(`${folder}/${command.name()}.1.gz`, gzipSync(manPage(command, manual), { level: 9 }));
}
