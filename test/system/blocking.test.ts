import { expect, it, onTestFinished } from 'vitest';
import { startNsd, startUnbound, type UnboundOptions } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { zones } from '../helpers/system/zones.js';

/** Names that exist and one that does not, and what is true of them. */
const words = ['not', 'try', 'six', 'gone'];
const truth = ['  gone.dev', '+ not.dev', '+ six.dev', '+ try.dev'];

/** Starts unbound in front of nsd, which knows a name server below its zone. Returns the ports of both. */
async function start(options: UnboundOptions): Promise<readonly [unbound: number, nsd: number]> {
  const nsd = await startNsd({ zone: zones.dev.replace(/^let .*$/m, '') });
  onTestFinished(nsd.stop);
  const unbound = await startUnbound(nsd.port, options);
  onTestFinished(unbound.stop);
  return [unbound.port, nsd.port];
}
const at = (...ports: readonly number[]) => ports.map((port) => `127.0.0.1:${port}`).join();

const own = 'its reply is authoritative, unlike others';
const kinds: readonly (readonly [string, UnboundOptions, string])[] = [
  ['always_nxdomain', { blocked: { 'not.dev': 'always_nxdomain' } }, 'the denial has no SOA record'],
  ['always_nodata', { blocked: { 'not.dev': 'always_nodata' } }, 'the denial has no SOA record'],
  ['always_null', { blocked: { 'not.dev': 'always_null' } }, 'its address is 0.0.0.0'],
  ['a policy that denies it', { policy: 'not.dev CNAME .' }, 'the denial has no SOA record'],
  ['a policy of an address', { policy: 'not.dev A 0.0.0.0' }, 'its address is 0.0.0.0'],
  ['a policy of another address', { policy: 'not.dev A 198.51.100.9' }, own],
  ['a policy of an alias', { policy: 'not.dev CNAME host.example.' }, own],
  ['a policy of an alias of a name that does not exist', { policy: 'not.dev CNAME gone.example.' }, own],
];

describeSystem('blogdom with unbound that blocks a name', ['nsd', 'unbound'], () => {
  it.each(kinds)('by %s says so, and finds its answer at another server', async (_, options, sign) => {
    const [unbound, nsd] = await start(options);
    const alone = await run([blogdom, '-s', at(unbound), ...words]);
    expect(alone).toMatchObject({
      status: 1,
      lines: [
        '  gone.dev',
        '+ six.dev',
        '+ try.dev',
        `? not.dev  blocked by udp://127.0.0.1:${unbound}: ${sign}`,
      ],
      stderr: '',
    });
    for (const servers of [at(unbound, nsd), at(nsd, unbound)])
      expect(await run([blogdom, '-s', servers, ...words])).toMatchObject({ lines: truth, stderr: '' });
  });
});

describeSystem('blogdom with unbound that filters all names below a suffix', ['nsd', 'unbound'], () => {
  it('says so once, and finds their answers at another server', async () => {
    const [unbound, nsd] = await start({ policy: '*.dev CNAME .' });
    const filter = `blocked by udp://127.0.0.1:${unbound}: it denies ns.dev, which exists`;
    const alone = await run([blogdom, '-s', at(unbound), ...words]);
    expect(alone.lines.map((line) => line[0])).toEqual(words.map(() => '?'));
    expect(alone.stderr).toBe(`blogdom: names under .dev are ${filter}\n`);
    for (const servers of [at(unbound, nsd), at(nsd, unbound)])
      expect((await run([blogdom, '-s', servers, ...words])).lines).toEqual(truth);
  });
});
