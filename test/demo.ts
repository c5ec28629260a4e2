import { spawn } from 'node:child_process';
import { startNameServer } from './helpers/name-server.js';
import { sampleZone } from './helpers/sample-zone.js';

/** Shows the command at work with no network: `npm run demo` asks the tests' name server about the sample zone. */
const server = await startNameServer(sampleZone);
const command = spawn(
  process.execPath,
  ['bin/blogdom.js', '--server', server.address, ...process.argv.slice(2)],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
command.on('close', async (status) => {
  await server.close();
  process.exitCode = status ?? 1;
});
