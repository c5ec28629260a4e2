import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { debianPython } from '../original-flags.js';
import { searchPath } from './process.js';

/** How one finds out that something is there, and the Debian package that has it. */
const checks = {
  nsd: { command: ['nsd', '-v'], package: 'nsd' },
  knotd: { command: ['knotd', '-V'], package: 'knot' },
  unbound: { command: ['unbound', '-V'], package: 'unbound' },
  dig: { command: ['dig', '-v'], package: 'dnsutils' },
  tmux: { command: ['tmux', '-V'], package: 'tmux' },
  python3: { command: ['python3', '-V'], package: 'python3' },
  // Another Python does not find what the package installs.
  httpx: { command: [debianPython, '-c', 'import httpx'], package: 'python3-httpx' },
  ip: { command: ['ip', '-V'], package: 'iproute2' },
  nsenter: { command: ['nsenter', '-V'], package: 'util-linux' },
  // Whether one may, not only whether it is installed.
  'unshare (as root)': { command: ['unshare', '--mount', '--net', 'true'], package: 'util-linux' },
} as const;

/** Something outside the project that a test needs. */
export type Need = keyof typeof checks;

function isMissing(need: Need): boolean {
  const [file, ...args] = checks[need].command;
  return spawnSync(file, args, { env: { PATH: searchPath }, stdio: 'ignore' }).status !== 0;
}

/**
 * `describe` for tests that need more than Node. Where something is missing they are skipped under a title
 * that says what; with `BLOGDOM_REQUIRE_SYSTEM_TESTS=1` that is a failure instead.
 */
export function describeSystem(title: string, needs: readonly Need[], body: () => void): void {
  // Several programs start in each of these tests, and the machine may be busy.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
  const missing = needs.filter(isMissing);
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const list = missing.map((need) => `${need} of package ${checks[need].package}`).join(', ');
  const { BLOGDOM_REQUIRE_SYSTEM_TESTS } = process.env;
  if (BLOGDOM_REQUIRE_SYSTEM_TESTS === '1') {
    it(title, () => expect.fail(`Expected all that these tests need, missing: ${list}`));
    return;
  }
  console.warn(`Skipped: ${title}. Missing: ${list}`);
  describe.skipIf(true)(`${title} (missing: ${list})`, body);
}
