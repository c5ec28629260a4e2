import { spawn } from 'node:child_process';
import { startNameServer } from './helpers/name-server.js';
import { demoZone } from './helpers/sample-zone.js';

/** `npm run demo`: runs the command without a network, against the tests' name server with the zone of the examples. */
const server = await startNameServer(demoZone);
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
