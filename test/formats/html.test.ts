import { describe, expect, it } from 'vitest';
import { html } from '../../src/formats/html.js';
import type { Candidate } from '../../src/names/candidate.js';
import { live, unknown } from './results.js';

const candidates: readonly Candidate[] = [
  { name: 'as.dev', word: 'as', tld: 'dev' },
  { name: 'as.io', word: 'as', tld: 'io' },
];

const result = (candidate: Candidate | undefined, status: 'live' | 'absent') => ({
  ...{ name: '', word: '', tld: '', ...candidate },
  ...{ status, addresses: [], tries: 1, ms: 1, evidence: [] },
});

/** The page of a table in which as.dev is live and as.io absent. */
async function pageOf(change?: 'live'): Promise<string> {
  const format = await html({ color: false });
  for (const candidate of candidates) format.expect(candidate);
  const [dev, io] = candidates;
  format.add(result(dev, 'live'));
  format.add({ ...result(io, 'absent'), was: change });
  return format.finish(undefined);
}

describe('the format html', () => {
  it('has a row for each word, with the status under each domain and the number of names perhaps free', async () => {
    const page = await pageOf();
    expect(page).toContain('<th scope="col">.dev</th><th scope="col">.io</th>');
    expect(page).toContain(
      '<tr><th scope="row">as</th><td class="live">live</td><td class="absent">absent</td><td class="count">1</td></tr>',
    );
  });

  it('counts the names of each status, and says what it means', async () => {
    const page = await pageOf();
    expect(page).toMatch(/<b>1<\/b> live<\/label><small>it has an address<\/small>/);
    expect(page).toMatch(/<b>1<\/b> absent<\/label><small>the DNS does not know it: perhaps free<\/small>/);
  });

  it('writes each reason once, and shows no text as markup', async () => {
    const format = await html({ color: false });
    const reason = '<script>alert("&")</script>';
    for (const candidate of candidates) format.add({ ...unknown, ...candidate, reason });
    const page = format.finish(undefined);
    expect(page.split('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;')).toHaveLength(2);
    expect(page).not.toContain(reason);
    expect(page).toContain('as.dev, as.io');
  });

  it('names what has changed', async () => {
    expect(await pageOf('live')).toContain('<td class="absent">absent <i>was live</i></td>');
    expect(await pageOf('live')).toContain('as.io: <span>live → <strong>absent</strong></span>');
    expect(await pageOf()).not.toContain('Changes');
  });

  it('shows names in Unicode, and keeps what is written from right to left apart', async () => {
    const format = await html({ color: false });
    format.add(live);
    expect(format.finish(undefined)).toContain('<bdi>bücher.dev</bdi>');
  });

  it('loads nothing, and lets only its own style and script run', async () => {
    const page = await pageOf();
    expect(page).toContain(
      `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`,
    );
    expect(page).not.toMatch(/(src|href)=|url\(|@import/);
  });

  it('leads from each name to the answer of its registry', async () => {
    const format = await html({ color: false, linkOf: ({ name }) => `https://rdap.test/?a=1&name=${name}` });
    format.add(result(candidates[0], 'live'));
    expect(format.finish(undefined)).toContain(
      '<td class="live"><a href="https://rdap.test/?a=1&amp;name=as.dev">live</a></td>',
    );
  });

  it('says on each sheet of paper what it shows', async () => {
    expect(await pageOf()).toMatch(/@top-left\{content:"1 word under 2 domains – blogdom, [^"]+ UTC"\}/);
  });

  it('has an empty table if there is no result', async () => {
    const format = await html({ color: false });
    expect(format.finish(undefined)).toContain('<h1>0 words under 0 domains</h1>');
  });
});
