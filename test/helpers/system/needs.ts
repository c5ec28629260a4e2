import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { debianPython } from '../original-flags.js';
import { searchPath } from './process.js';
import { resolvedPath } from './resolved.js';

/** A command that succeeds if the program can be used, and the Debian package that contains it. */
const checks = {
  nsd: { command: ['nsd', '-v'], package: 'nsd' },
  knotd: { command: ['knotd', '-V'], package: 'knot' },
  unbound: { command: ['unbound', '-V'], package: 'unbound' },
  dig: { command: ['dig', '-v'], package: 'dnsutils' },
  tmux: { command: ['tmux', '-V'], package: 'tmux' },
  mandoc: { command: ['mandoc', '/dev/null'], package: 'mandoc' },
  groff: { command: ['groff', '--version'], package: 'groff' },
  bash: { command: ['bash', '--version'], package: 'bash' },
  zsh: { command: ['zsh', '--version'], package: 'zsh' },
  fish: { command: ['fish', '--version'], package: 'fish' },
  chromium: { command: ['chromium', '--version'], package: 'chromium' },
  python3: { command: ['python3', '-V'], package: 'python3' },
  // Only Debian's own Python finds the module that the package installs.
  httpx: { command: [debianPython, '-c', 'import httpx'], package: 'python3-httpx' },
  parallel: { command: ['parallel', '--version'], package: 'parallel' },
  // Without a configuration it cannot even print its version.
  sshd: { command: ['sh', '-c', 'command -v sshd'], package: 'openssh-server' },
  // It is started by hand, and cannot tell its version.
  'systemd-resolved': { command: ['test', '-x', resolvedPath], package: 'systemd-resolved' },
  ip: { command: ['ip', '-V'], package: 'iproute2' },
  nsenter: { command: ['nsenter', '-V'], package: 'util-linux' },
  // Being installed is not enough: it has to be permitted.
  'unshare (as root)': { command: ['unshare', '--mount', '--net', 'true'], package: 'util-linux' },
} as const;

/** A program that a test needs besides Node. */
export type Need = keyof typeof checks;

function isMissing(need: Need): boolean {
  const [file, ...args] = checks[need].command;
  return spawnSync(file, args, { env: { PATH: searchPath }, stdio: 'ignore' }).status !== 0;
}

/**
 * Like `describe`, for tests that need other programs. If one is missing, the tests are skipped and their title
 * names it; if `REQUIRE_SYSTEM_TESTS` is 1, they fail instead.
 */
export function describeSystem(title: string, needs: readonly Need[], body: () => void): void {
  const missing = needs.filter(isMissing);
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const list = missing.map((need) => `${need} of package ${checks[need].package}`).join(', ');
  const { REQUIRE_SYSTEM_TESTS } = process.env;
  if (REQUIRE_SYSTEM_TESTS === '1') {
    it(title, () => expect.fail(`Expected the programs that these tests need, missing: ${list}`));
    return;
  }
  console.warn(`Skipped: ${title}. Missing: ${list}`);
  describe.skipIf(true)(`${title} (missing: ${list})`, body);
}
