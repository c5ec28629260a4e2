import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Reports known vulnerabilities of the packages that are installed, nearly all of which are tools. Ends with status 1 if there
 * is a high or critical one. Without a registry that can be asked, it says so and ends with status 0.
 */
const args = ['audit', '--json', '--audit-level=high', '--fetch-retries=0', '--fetch-timeout=20000'];
const { stdout } = await promisify(execFile)('npm', args, { shell: process.platform === 'win32' }).catch(
  (error) => error,
);
const { metadata, message } = parse(stdout);
if (metadata) {
  const { info, low, moderate, high, critical } = metadata.vulnerabilities;
  console.log(`audit: ${high + critical} high or critical vulnerabilities, ${info + low + moderate} others`);
  if (high + critical > 0) {
    console.log('audit: see npm audit');
    process.exitCode = 1;
  }
} else {
  console.log(`audit: skipped, because the registry does not tell: ${message}`);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: 'npm audit printed nothing' };
  }
}
