import * as act from './helpers/name-server.js';
import { startNameServer } from './helpers/name-server.js';

const server = await startNameServer(({ name }) =>
  name.startsWith('bad')
    ? act.refuse
    : name.startsWith('n') && name.length % 2
      ? act.answer('192.0.2.1')
      : act.deny,
);
console.log(server.address);
setInterval(() => {}, 1000);
