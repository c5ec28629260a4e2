import type { Command } from 'commander';
import type { DomainName } from '../../../names/domain-name.js';
import { defaults } from '../../../probe/defaults.js';
import type { ListOptions } from '../../../registries/list.js';
import type { ConfirmOptions } from '../../../registries/open.js';
import type { Environment } from '../../../util/environment.js';
import { type Proxies, readProxies } from '../../../util/proxies.js';
import { userFolder } from '../../../util/user-folders.js';
import { oneOfOrNone, seconds } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';

/** The checked options that say how registries are asked. */
export interface RegistryOptions {
  /** How to ask the registries; undefined if they are not asked. */
  readonly confirm: ConfirmOptions | undefined;
  /** Print who is asked about which names, and ask nobody; undefined if names are to be probed. */
  readonly listRegistries: ListOptions | undefined;
}

/** These options as commander returns them. */
export interface ParsedRegistryOptions {
  readonly confirm?: boolean | 'all';
  /** Seconds. */
  readonly confirmTimeout?: number;
  readonly rdapBootstrap?: string;
  readonly listRegistries?: boolean;
  readonly private?: boolean;
}

/** Adds the options that say how registries are asked. */
export function addRegistryOptions(command: Command): Command {
  return command
    .option(
      '--confirm [all]',
      'ask the registries about absent and unknown names, or about all',
      oneOfOrNone(['all']),
    )
    .option(
      '--confirm-timeout <seconds>',
      `time limit for confirming one name (default: ${defaults.confirmTimeout})`,
      seconds,
    )
    .option('--rdap-bootstrap <path>', 'file or URL of the RDAP bootstrap registry (RFC 9224)')
    .option('--list-registries', 'print which server --confirm asks for each domain, and probe nothing');
}

/**
 * Checks these options against each other.
 *
 * @param tlds the domains that the user has chosen; undefined if none have been.
 */
export function readRegistryOptions(
  { confirm, confirmTimeout, rdapBootstrap, listRegistries, private: isPrivate }: ParsedRegistryOptions,
  tlds: readonly DomainName[] | undefined,
  env: Environment,
): RegistryOptions {
  const source = {
    bootstrap: rdapBootstrap,
    cacheFolder: userFolder(env, 'XDG_CACHE_HOME'),
    proxies: confirm || listRegistries ? proxiesIn(env) : undefined,
  };
  const suffixes = tlds?.map(({ name }) => name);
  const listing = listRegistries ? { ...source, suffixes } : undefined;
  if (confirm) {
    const timeout = (confirmTimeout ?? defaults.confirmTimeout) * 1000;
    const scope = confirm === 'all' ? 'all' : 'unanswered';
    return {
      confirm: { ...source, scope, timeout, ...(isPrivate && { isPrivate }) },
      listRegistries: listing,
    };
  }
  if (confirmTimeout !== undefined) refuse('--confirm-timeout requires --confirm');
  if (rdapBootstrap !== undefined && !listing) {
    refuse('--rdap-bootstrap requires --confirm or --list-registries');
  }
  return { confirm: undefined, listRegistries: listing };
}

function proxiesIn(env: Environment): Proxies | undefined {
  const proxies = readProxies(env);
  return proxies && 'problem' in proxies ? refuse(proxies.problem) : proxies;
}
