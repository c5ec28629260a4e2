import { describe, expect, it } from 'vitest';
import { blogdom, serve } from '../../../helpers/command.js';
import * as dns from '../../../helpers/name-server.js';
import { serveProxy } from '../../../helpers/proxy.js';
import { bootstrapFor } from '../../../helpers/rdap-server/bootstrap.js';
import { confirmBy, serveRdap } from '../../../helpers/rdap-server/registries.js';
import * as act from '../../../helpers/rdap-server.js';

describe('blogdom with HTTP_PROXY', () => {
  it('asks registries through the proxy, but no name server', async () => {
    const server = await serve(() => dns.deny);
    const registry = await serveRdap(() => act.found(['client hold']));
    const { args } = await confirmBy({ dev: registry.url });
    const proxy = await serveProxy();
    const ask = ['-s', server.address, '--no-canary', ...args, 'not'];
    const { stdout, stderr } = await blogdom(ask, { env: { HTTP_PROXY: proxy.url.href } });
    expect({ stdout, stderr }).toEqual({ stdout: '~ not.dev  registered, client hold\n', stderr: '' });
    expect(proxy.requests).toEqual([{ line: `GET ${registry.url}domain/not.dev`, authorization: undefined }]);
  });

  it('downloads the bootstrap file through the proxy', async () => {
    const file = await serveRdap(() => act.content(bootstrapFor({ dev: 'https://rdap.example/' })));
    const proxy = await serveProxy();
    const argv = ['--list-registries', '-t', 'dev', '--rdap-bootstrap', `${file.url}dns.json`];
    const { stdout } = await blogdom(argv, { env: { http_proxy: proxy.url.href } });
    expect(stdout).toBe('dev  RDAP  https://rdap.example/\n');
    expect(proxy.requests).toMatchObject([{ line: `GET ${file.url}dns.json` }]);
  });

  it('ends with status 2 if it is not a URL of HTTP, but only if registries are asked', async () => {
    const env = { HTTPS_PROXY: 'socks5://127.0.0.1:1080' };
    expect(await blogdom(['--confirm', 'not'], { env })).toEqual({
      stdout: '',
      stderr:
        'blogdom: HTTPS_PROXY: expected a URL such as http://proxy.example:3128, got "socks5://127.0.0.1:1080"\n',
      status: 2,
    });
    expect(await blogdom(['--list', 'not'], { env })).toEqual({ stdout: 'not.dev\n', stderr: '', status: 0 });
  });
});
