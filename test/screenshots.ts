import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { startNameServer, type Zone } from './helpers/name-server.js';

/**
 * `npm run screenshots`: makes the pictures of the README. They show what the built command prints when it asks the
 * tests' name server. Needs Debian's package chromium.
 */

const folder = 'docs/images';
const domains = ['dev', 'io', 'app', 'com', 'org', 'net'];
const words = ['await', 'break', 'class', 'defer', 'elif', 'lambda', 'match', 'trait', 'yield'];

/** Names that are taken, as dots and letters for each word and domain: `+` live, `~` without an address. */
const taken = ['+..+++', '++.+.+', '+++++~', '...+..', '......', '+.+++.', '+++++.', '...++.', '+..+.+'];

const zone: Record<string, Zone[string]> = Object.fromEntries(domains.map((domain) => [domain, {}]));
for (const [row, word] of words.entries()) {
  for (const [column, domain] of domains.entries()) {
    const name = `${word}.${domain}`;
    const mark = taken[row]?.[column];
    if (mark === '+') zone[name] = { A: ['192.0.2.1'] };
    if (mark === '~') zone[name] = { NS: [`ns.${name}`] };
  }
}

const run = promisify(execFile);

/** Runs the command, with its arguments as somebody would type them, and returns what it prints. */
async function blogdom(server: string, typed: string, ...more: readonly string[]): Promise<string> {
  const args = ['bin/blogdom.js', '--server', server, ...typed.split(' '), ...more];
  return (await run(process.execPath, args)).stdout;
}

/** How a terminal shows the codes that the command uses. */
const styles: ReadonlyMap<string, string> = new Map([
  ['1', 'font-weight:bold;color:#fff'],
  ['2', 'color:#8b929c'],
  ['32', 'color:#57ba6c'],
  ['33', 'color:#d9a441'],
]);

/** Draws the output of a command as a terminal shows it (SGR, ECMA-48 section 8.3.117). */
function drawTerminal(command: string, output: string): string {
  const text = output.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins a color.
  const colored = text.replace(/\x1b\[(\d+)m/g, (_all, code) => {
    const style = styles.get(code);
    return style === undefined ? '</span>' : `<span style="${style}">`;
  });
  return `<!doctype html><body style="margin:0;display:inline-block">
<pre style="margin:0;padding:20px 28px;background:#15171a;color:#e6e8eb;font:15px/1.45 'DejaVu Sans Mono',monospace">$ ${command}
${colored}</pre>`;
}

async function shoot(browser: Browser, html: string, file: string, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 100 }, colorScheme: 'light' });
  await page.setContent(html);
  await page.locator('body').screenshot({ path: `${folder}/${file}` });
  await page.close();
}

const server = await startNameServer(zone);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await mkdir(folder, { recursive: true });
  const typed = `${words.join(' ')} -t ${domains.join(',')} -o`;
  const grid = await blogdom(server.address, `${typed} grid`, '--color', 'always');
  await shoot(browser, drawTerminal(`blogdom ${typed} grid`, grid), 'grid.png', 1000);
  await shoot(browser, await blogdom(server.address, `${typed} html`), 'page.png', 860);
} finally {
  await browser.close();
  await server.close();
}
