import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { html } from '../../src/formats/html.js';
import { type Status, statuses } from '../../src/probe/result.js';
import { makeFolder } from '../helpers/system/folder.js';
import { describeSystem } from '../helpers/system/needs.js';

/** Keeps the browser from calling home, which a closed network would delay. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const options = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet];

const domains = ['dev', 'io', 'com', 'app'];

/** The status of a name: `w0` is live everywhere, `w1` is taken everywhere, and so on. */
const statusOf = (row: number): Status => statuses[row % statuses.length] ?? 'unknown';

/** The page of so many words under four domains. */
async function drawPage(words: number): Promise<string> {
  const format = await html({ color: false });
  for (let row = 0; row < words; row++) {
    for (const tld of domains) {
      const word = `w${row}`;
      const common = { addresses: [], tries: 1, ms: 1, evidence: [], reason: 'for a reason' };
      format.add({ ...common, name: `${word}.${tld}`, word, tld, status: statusOf(row) });
    }
  }
  return format.finish(undefined);
}

describeSystem('the page in a browser', ['chromium'], () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: options });
    return () => browser.close();
  });

  /** Opens a page, and fails the test if it loads anything else or has an error. */
  async function open(words: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const folder = await makeFolder();
    const page = await browser.newPage({ colorScheme });
    onTestFinished(async () => {
      await page.close();
      await folder.remove();
      expect(problems).toEqual([]);
    });
    const path = join(folder.path, 'page.html');
    await writeFile(path, await drawPage(words));
    const { href } = pathToFileURL(path);
    const problems: string[] = [];
    page.on('request', (request) => request.url() !== href && problems.push(request.url()));
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => problems.push(message.text()));
    await page.goto(href);
    return page;
  }

  const rowNames = (page: Page) => page.getByRole('rowheader').filter({ visible: true }).allTextContents();

  it.each([20, 5000])('filters %d words by a part of a word or of a name', async (words) => {
    const page = await open(words);
    await page.getByRole('searchbox', { name: 'Find' }).fill('w1');
    const found = Array.from({ length: words }, (_, row) => `w${row}`).filter((word) =>
      word.startsWith('w1'),
    );
    expect(await rowNames(page)).toEqual(found);
    expect(await page.locator('output').textContent()).toBe(`${found.length} of ${words} words`);
    await page.getByRole('searchbox').fill('w3.io');
    expect(await rowNames(page)).toEqual(['w3']);
  });

  it('hides the statuses that are not wanted', async () => {
    const page = await open(20);
    for (const status of ['live', 'taken', 'unknown', 'unregistered'])
      await page.getByRole('checkbox', { name: status }).uncheck();
    expect(await rowNames(page)).toEqual(['w2', 'w7', 'w12', 'w17']);
  });

  it.each([20, 5000])('sorts %d words by a domain, by the keyboard alone', async (words) => {
    const page = await open(words);
    const button = page.getByRole('columnheader', { name: '.io' }).getByRole('button');
    await button.focus();
    await page.keyboard.press('Enter');
    expect((await rowNames(page)).slice(0, 3)).toEqual(['w3', 'w8', 'w13']);
    expect(await page.getByRole('columnheader', { name: '.io' }).getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Space');
    expect((await rowNames(page)).slice(0, 2)).toEqual(['w0', 'w5']);
    await page.keyboard.press('Enter');
    expect((await rowNames(page)).slice(0, 3)).toEqual(['w0', 'w1', 'w2']);
  });

  it('reaches everything with the tab key, in the order of the page', async () => {
    const page = await open(5);
    const reached: string[] = [];
    for (let press = 0; press < 11; press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate('(document.activeElement.labels?.[0] ?? document.activeElement).innerText'),
      );
    }
    expect(reached.map((text) => text.trim())).toEqual([
      ...['1 live', '1 taken', '1 absent', '1 unregistered', '1 unknown'].map((text) =>
        text.replace('1', '4'),
      ),
      'Find',
      ...['Word', '.dev', '.io', '.com', '.app'],
    ]);
  });

  it('tells a screen reader the status of each name', async () => {
    const page = await open(2);
    expect(await page.getByRole('row', { name: 'w0' }).getByRole('cell').allTextContents()).toEqual([
      ...['live', 'live', 'live', 'live'],
      '0',
    ]);
  });

  it('is dark if that is preferred, and white on paper', async () => {
    const page = await open(2, 'dark');
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(21, 23, 26)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await background()).toBe('rgb(255, 255, 255)');
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  });

  it('can be read without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.setContent(await drawPage(3));
    expect(await rowNames(page)).toEqual(['w0', 'w1', 'w2']);
    expect(await page.getByText('for a reason').first().isVisible()).toBe(true);
  });
});
