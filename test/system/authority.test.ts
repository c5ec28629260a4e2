import { expect, it, onTestFinished } from 'vitest';
import { startKnot, startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { zones } from '../helpers/system/zones.js';

/** The zone `dev` with two name servers, nsd and knot, and a second delegation. */
const zone = `${zones.dev.replace(/^ns .*$/m, 'ns A 127.0.0.2\nns2 A 127.0.0.3')}
@   NS ns2
for NS ns.gone.example.
for NS ns2.gone.example.
`.replace(/^for\.dev\. A .*$/m, '');

/** Opens a network with unbound as the resolver of the system, and two name servers for `dev`, all at port 53. */
async function openNetwork() {
  const { enter, close } = await openNamespace('nameserver 127.0.0.1\n');
  onTestFinished(close);
  const root = await startNsd({ enter, port: 5353, zone });
  onTestFinished(root.stop);
  const nsd = await startNsd({ enter, host: '127.0.0.2', port: 53, zone });
  onTestFinished(nsd.stop);
  const knot = await startKnot(zone, { enter, host: '127.0.0.3', port: 53 });
  onTestFinished(knot.stop);
  const unbound = await startUnbound(root.port, { enter, port: 53 });
  onTestFinished(unbound.stop);
  return (...args: readonly string[]) => run([...enter, blogdom, ...args]);
}

/** The line of the name whose own name servers are dead. */
const dead =
  /^~ for\.dev {2}delegated to ns\.gone\.example, ns2\.gone\.example; the resolver fails: SERVFAIL from udp:\/\/127\.0\.0\.1:53/;

const needs = ['ip', 'unshare (as root)', 'nsenter', 'nsd', 'knotd', 'unbound'] as const;

describeSystem('blogdom at the name servers of a suffix', needs, () => {
  it('tells delegated names, names with an address and names that do not exist apart', async () => {
    const runInside = await openNetwork();
    const answers = await runInside('--server', 'authority', 'for', 'try', 'zz', 'www.for.dev');
    expect(answers).toMatchObject({
      status: 1,
      lines: [
        '  zz.dev',
        '+ try.dev',
        '? www.for.dev  lies below the delegation for.dev; ask its name servers',
        '~ for.dev  delegated to ns.gone.example, ns2.gone.example',
      ],
      stderr: '',
    });
  });

  it('finds by default that a name is registered even though its own name servers are dead', async () => {
    const runInside = await openNetwork();
    expect(await runInside('for', 'try', 'zz')).toMatchObject({
      status: 0,
      lines: ['  zz.dev', '+ try.dev', expect.stringMatching(dead)],
      stderr: '',
    });
  });

  it('does not ask them about names for which chosen servers fail', async () => {
    const runInside = await openNetwork();
    const { lines } = await runInside('--server', '127.0.0.1', 'for');
    expect(lines).toEqual([expect.stringMatching(/^\? for\.dev {2}SERVFAIL from udp:\/\/127\.0\.0\.1:53/)]);
    const both = await runInside('--server', '127.0.0.1,authority', 'for');
    expect(both.lines).toEqual([expect.stringMatching(dead)]);
  });
});
