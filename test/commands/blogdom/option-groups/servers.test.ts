import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readServerOptions, serversOfRound } from '../../../../src/commands/blogdom/option-groups/servers.js';
import { parseServerChoice } from '../../../../src/servers/server-choice.js';
import { makeFolder } from '../../../helpers/system/folder.js';

const choices = (...texts: readonly string[]) => texts.flatMap((text) => parseServerChoice(text) ?? []);
const servers = choices('192.0.2.1');

describe('readServerOptions', () => {
  it('reads a list of servers in UTF-16, and refuses one without a byte order mark', async () => {
    const folder = await makeFolder();
    onTestFinished(folder.remove);
    const read = async (text: string) => {
      const path = join(folder.path, 'servers.txt');
      await writeFile(path, text, 'utf16le');
      const parsed = { concurrency: 1, timeout: 1, tries: 1, canary: true, serverFile: [path] };
      return readServerOptions(parsed, true).servers.map(({ url }) => url);
    };
    expect(await read('\ufeff192.0.2.1\r\nquad9\r\n')).toEqual([
      'udp://192.0.2.1:53',
      'https://9.9.9.9/dns-query',
    ]);
    await expect(read('192.0.2.1\r\n')).rejects.toThrow(
      /^--server-file: .*: it is in UTF-16 without a byte order mark; expected UTF-8$/,
    );
  });
});

describe('serversOfRound', () => {
  it("reads the system's servers again", () => {
    const read = () => choices('192.0.2.2', '192.0.2.3');
    expect(serversOfRound({ servers, asksAuthorityAfterFailure: true }, read)).toEqual(read());
  });

  it('keeps those of the start if none is configured now', () => {
    expect(serversOfRound({ servers, asksAuthorityAfterFailure: true }, () => [])).toBe(servers);
  });

  it('keeps those that the user has chosen', () => {
    expect(serversOfRound({ servers, asksAuthorityAfterFailure: false }, () => expect.unreachable())).toBe(
      servers,
    );
  });
});
