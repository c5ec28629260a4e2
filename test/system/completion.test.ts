import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect, it, onTestFinished } from 'vitest';
import { completionScript } from '../../src/commands/shared/completion/index.js';
import { oneOf } from '../../src/commands/shared/option-values.js';
import { keysOf } from '../../src/util/keys.js';
import { makeFolder } from '../helpers/system/folder.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { openTerminal } from '../helpers/system/terminal.js';

const blogdomFlags = fileURLToPath(new URL('../../bin/blogdom-flags.js', import.meta.url));

/** How a shell is started with the settings of the test, `.zshrc`, and what those begin with. */
const shells = {
  bash: { start: ['bash', '--noprofile', '--rcfile', '.zshrc', '-i'], first: ["PS1='> '"] },
  zsh: { start: ['zsh', '-d', '-i'], first: ["PROMPT='> '", 'autoload -U compinit', 'compinit -u -D'] },
  fish: {
    start: ['fish', '--no-config', '-i', '-C', 'source .zshrc'],
    first: ["function fish_prompt; printf '> '; end", 'set -g fish_autosuggestion_enabled 0'],
  },
};

const completed: readonly (readonly [typed: string, shown: string])[] = [
  ['blogdom --form', 'blogdom --format'],
  ['blogdom --no-ca', 'blogdom --no-canary'],
  ['blogdom -o js', 'blogdom -o json'],
  ['blogdom --format=cs', 'blogdom --format=csv'],
  ['blogdom --color al', 'blogdom --color always'],
  ['blogdom --language py', 'blogdom --language python'],
  ['blogdom --only live,ab', 'blogdom --only live,absent'],
  ['blogdom --only=live,ab', 'blogdom --only=live,absent'],
  ['blogdom -s quad9,goo', 'blogdom -s quad9,google'],
  ['blogdom --tld com,nag', 'blogdom --tld com,nagoya'],
  ['blogdom -t coun', 'blogdom -t country'],
  ['blogdom -t country,nag', 'blogdom -t country,nagoya'],
  ['blogdom --confirm al', 'blogdom --confirm all'],
  ['blogdom -f nam', 'blogdom -f names.txt'],
  ['blogdom --file=nam', 'blogdom --file=names.txt'],
  ['blogdom --completion z', 'blogdom --completion zsh'],
  ['blogdom --timeout nam', 'blogdom --timeout nam'],
  ['blogdom -- --fo', 'blogdom -- --fo'],
  ['blogdom-flags --out fol', 'blogdom-flags --out folder/'],
  ['blogdom-flags Q', 'blogdom-flags QA'],
  ['odd --pick it', "odd --pick it\\'s\\ \\$HOME"],
];

/** A command with words that mean something to a shell. */
const odd = new Command('odd').option('--pick <word>', "it's [odd]: `$HOME`", oneOf(["it's $HOME", 'other']));

describeSystem('the completion script', ['tmux', 'bash', 'zsh', 'fish'], () => {
  it.each(keysOf(shells))('for %s completes what is typed', async (shell) => {
    const { start, first } = shells[shell];
    const scripts = await Promise.all(
      [blogdom, blogdomFlags].map((command) => run([command, '--completion', shell])),
    );
    const texts = [...scripts.map(({ stdout }) => stdout), completionScript(shell, odd, [])];
    const settings = [...first, ...texts, 'echo ready', ''].join('\n');
    const folder = await makeFolder({ '.zshrc': settings, 'names.txt': '', 'folly.txt': '' });
    onTestFinished(folder.remove);
    await mkdir(join(folder.path, 'folder'));
    // The commands need not be there to be completed: the scripts run nothing.
    const terminal = await openTerminal(['env', '-C', folder.path, `HOME=${folder.path}`, ...start]);
    // zsh adds what may follow, and replaces it with a space that is typed.
    const lastLine = async () =>
      (await terminal.text())
        .split('\n')
        .at(-1)
        ?.replace(/[=,\s]+$/, '');
    await expect.poll(terminal.text, { timeout: 10_000 }).toMatch(/ready\n> ?$/);

    for (const [typed, shown] of completed) {
      await terminal.press(typed, 'Tab');
      await expect.poll(lastLine, { timeout: 5_000, interval: 20, message: typed }).toBe(`> ${shown}`);
      await terminal.press('C-u');
      await expect.poll(lastLine, { timeout: 5_000, interval: 20 }).toBe('>');
    }

    // Two times, since bash lists nothing at the first.
    await terminal.press('blogdom --tld ', 'Tab', 'Tab');
    await expect.poll(terminal.text, { timeout: 5_000 }).toMatch(/\ball\b.*\bpopular\b/s);
    expect(await terminal.text()).not.toMatch(/\bnagoya\b|\baaa\b/);
  });

  it('for bash offers each file by its name, whatever that is', async () => {
    const names = ['a*b', 'axb', 'a\nb', 'a\n\nc d', 'a b', '-a', 'b'];
    const folder = await makeFolder(Object.fromEntries(names.map((name) => [name, ''])));
    onTestFinished(folder.remove);
    const script = `cd "$FOLDER"; eval "$(${process.execPath} "$BLOGDOM" --completion bash)"
      COMP_WORDS=(blogdom -f a); COMP_CWORD=2; _blogdom; printf '%s\\0' "\${COMPREPLY[@]}"`;
    const { stdout } = await run(['bash', '-c', script], { FOLDER: folder.path, BLOGDOM: blogdom });
    expect(stdout.split('\0').slice(0, -1).toSorted()).toEqual(
      names.filter((name) => name.startsWith('a')).toSorted(),
    );
  });
});
