import type { Command } from 'commander';
import type { Shell } from '../common-options.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { type Offer, offerOf } from './offer.js';
import { zshScript } from './zsh.js';

const scripts: Readonly<Record<Shell, (offer: Offer) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * Makes the script that completes a command in a shell. The script holds all words, and runs no command.
 *
 * @param words the words that are offered besides options.
 */
export const completionScript = (shell: Shell, command: Command, words: readonly string[]): string =>
  scripts[shell](offerOf(command, words));
