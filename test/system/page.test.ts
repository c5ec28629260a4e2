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
  const format = await html({ color: false, linkOf: ({ name }) => `https://rdap.test/domain/${name}` });
  for (let row = 0; row < words; row++) {
    for (const tld of domains) {
      const word = `w${row}`;
      const common = { addresses: [], tries: 1, ms: 1, evidence: [], reason: 'for a reason' };
      format.add({ ...common, name: `${word}.${tld}`, word, tld, status: statusOf(row) });
    }
  }
  return format.finish(undefined);
}

/** Returns the contrast (WCAG 2.2, relative luminance) of each kind of mark and of faint text; runs in the browser. */
const contrasts = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  const ratioOf = (selector, pseudo) => {
    const { color, backgroundColor } = getComputedStyle(document.querySelector(selector), pseudo);
    const isClear = channels(backgroundColor)[3] === 0;
    const [low, high] = [color, isClear ? paper : backgroundColor].map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return [
    ...['live', 'taken', 'absent', 'unregistered', 'unknown'].map((kind) => ratioOf('td.' + kind + ' a', '::before')),
    ratioOf('header p'),
    ratioOf('td.count'),
    ratioOf('th button', '::after'),
  ];
})()`;

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

  it('says that no word matches', async () => {
    const page = await open(20);
    await page.getByRole('searchbox').fill('nothing');
    expect(await page.locator('output').textContent()).toBe('no word matches');
    expect(await page.getByRole('button', { name: 'Copy 0 names' }).isDisabled()).toBe(true);
  });

  it('copies the names that are shown', async () => {
    const page = await open(20);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const status of ['live', 'taken', 'unknown', 'unregistered'])
      await page.getByRole('checkbox', { name: status }).uncheck();
    await page.getByRole('searchbox').fill('w1');
    await page.getByRole('button', { name: 'Copy 8 names' }).click();
    await expect.poll(() => page.locator('output').textContent()).toBe('8 names copied');
    const names = ['w12', 'w17'].flatMap((word) => domains.map((domain) => `${word}.${domain}\n`));
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(names.join(''));
  });

  it('leads from a name to the answer of its registry', async () => {
    const page = await open(2);
    const link = page.getByRole('row', { name: 'w1' }).getByRole('link').nth(1);
    expect(await link.getAttribute('href')).toBe('https://rdap.test/domain/w1.io');
    expect((await link.boundingBox())?.width).toBeGreaterThan(20);
  });

  it('sorts by the number of names that are perhaps free, the most first', async () => {
    const page = await open(20);
    const head = page.getByRole('columnheader', { name: 'Perhaps free' });
    await head.getByRole('button').click();
    expect((await rowNames(page)).slice(0, 3)).toEqual(['w2', 'w3', 'w7']);
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await head.getByRole('button').click();
    expect((await rowNames(page)).slice(0, 3)).toEqual(['w0', 'w1', 'w4']);
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
  });

  it('keeps the borders of cells whose marks are hidden', async () => {
    const page = await open(5);
    await page.getByRole('checkbox', { name: 'live' }).uncheck();
    await page.getByRole('searchbox').fill('w');
    const visibility = (selector: string, pseudo: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}'), '${pseudo}').visibility`);
    expect(await visibility('td.live', '')).toBe('visible');
    expect(await visibility('td.live a', '::before')).toBe('hidden');
    expect(await visibility('td.taken a', '::before')).toBe('visible');
  });

  it('has no box of a button in its heads on paper, so that Chromium repeats them on each page', async () => {
    const page = await open(5);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(`getComputedStyle(document.querySelector('th button')).display`)).toBe(
      'contents',
    );
  });

  it.each(['light', 'dark'] as const)('has enough contrast (%s)', async (scheme) => {
    const page = await open(5, scheme);
    const ratios: number[] = await page.evaluate(contrasts);
    expect(ratios).toHaveLength(8);
    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(4.5);
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
    for (let press = 0; press < 12; press++) {
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
      'Copy 20 names',
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
