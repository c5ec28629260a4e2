import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Command } from 'commander';
import { defaults } from '../../../probe/defaults.js';
import type { ConfirmOptions } from '../../../registries/open.js';
import { seconds } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import type { Environment } from '../../shared/program.js';

/** The checked options that say how registries are asked. */
export interface RegistryOptions {
  /** How to ask the registries; undefined if they are not asked. */
  readonly confirm: ConfirmOptions | undefined;
}

/** These options as commander returns them. */
export interface ParsedRegistryOptions {
  readonly confirm?: boolean;
  /** Seconds. */
  readonly confirmTimeout?: number;
  readonly rdapBootstrap?: string;
}

/** Adds the options that say how registries are asked. */
export function addRegistryOptions(command: Command): Command {
  return command
    .option('--confirm', 'ask the registries (RDAP) about absent and unknown names')
    .option(
      '--confirm-timeout <seconds>',
      `time limit for confirming one name (default: ${defaults.confirmTimeout})`,
      seconds,
    )
    .option('--rdap-bootstrap <path>', 'file or URL that says which registry to ask (RFC 9224)');
}

/** Checks these options against each other. */
export function readRegistryOptions(
  { confirm, confirmTimeout, rdapBootstrap }: ParsedRegistryOptions,
  env: Environment,
): RegistryOptions {
  if (confirm) {
    const timeout = (confirmTimeout ?? defaults.confirmTimeout) * 1000;
    return { confirm: { timeout, bootstrap: rdapBootstrap, cacheFolder: cacheFolder(env) } };
  }
  const dependent = { '--confirm-timeout': confirmTimeout, '--rdap-bootstrap': rdapBootstrap };
  for (const [option, value] of Object.entries(dependent)) {
    if (value !== undefined) refuse(`expected --confirm together with ${option}, got ${option} alone`);
  }
  return { confirm: undefined };
}

/**
 * Returns the folder for cached files (XDG Base Directory Specification, which allows only absolute paths); undefined if
 * there is none.
 */
function cacheFolder({ XDG_CACHE_HOME }: Environment): string | undefined {
  const parent = XDG_CACHE_HOME || join(homeFolder(), '.cache');
  return isAbsolute(parent) ? join(parent, 'blogdom') : undefined;
}

/** Returns an empty text if the user has no home folder. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}
