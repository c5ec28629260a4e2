import { describe, expect, it } from 'vitest';
import { serversOfRound } from '../../../../src/commands/blogdom/option-groups/servers.js';
import { parseServerChoice } from '../../../../src/servers/server-choice.js';

const choices = (...texts: readonly string[]) => texts.flatMap((text) => parseServerChoice(text) ?? []);
const servers = choices('192.0.2.1');

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
