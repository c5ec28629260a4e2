import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../../src/commands/blogdom/options.js';
import { run } from '../../../../src/commands/blogdom/run.js';
import { serve, sortedLines, urlOf } from '../../../helpers/command.js';
import * as act from '../../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../../helpers/rdap-server/registries.js';
import * as rdap from '../../../helpers/rdap-server.js';

/** At half past seven, local time. */
const start = new Date(2026, 10, 26, 7, 30).getTime();

/**
 * Runs blogdom with `--watch 5`, and ends it like Ctrl-C after some rounds.
 *
 * @param between is called after each round with its number, from 1.
 * @returns what is printed in each round, in alphabetical order, and the exit status.
 */
async function watch(args: readonly string[], rounds: number, between: (round: number) => void) {
  const parsed = parseOptions(['--watch', '5', ...args], {}, { isTTY: false });
  if (!('options' in parsed)) throw new Error(parsed.text);
  const printed: string[][] = [];
  const [stdout, stderr] = [collect(), collect()];
  const stop = new AbortController();
  const clock = {
    date: () => new Date(start + printed.length * 300_000),
    setTimer(_milliseconds: number, callback: () => void) {
      const text = stdout.take();
      printed.push(text === '' ? [] : sortedLines(text));
      between(printed.length);
      queueMicrotask(printed.length < rounds ? callback : () => stop.abort(130));
      return () => {};
    },
  };
  const stdin = (async function* () {})();
  const status = await run(
    parsed.options,
    { stdin, stdout: stdout.stream, stderr: stderr.stream },
    stop.signal,
    clock,
  );
  return { printed, messages: stderr.take(), status };
}

/** A stream, and what has been written to it since that was last taken. */
function collect() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return {
    stream,
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

describe.concurrent('blogdom --watch', () => {
  it('prints all results, then the changes of each round with their time, until Ctrl-C', async () => {
    let isThere = false;
    const server = await serve(({ name }) => {
      if (name === 'not.dev') return isThere ? act.answer('192.0.2.1') : act.deny;
      return act.deny;
    });
    const args = ['-s', server.address, '--no-canary', 'not', 'is'];
    const { printed, messages, status } = await watch(args, 4, (round) => {
      isThere = round === 2;
    });
    expect(printed).toEqual([
      ['  is.dev', '  not.dev'],
      [],
      ['+ not.dev  absent -> live  2026-11-26 07:40'],
      ['  not.dev  live -> absent  2026-11-26 07:45'],
    ]);
    expect({ messages, status }).toEqual({ messages: '', status: 130 });
  });

  it('reports a round in which no server answers in one line, and takes it for no change', async () => {
    let isDown = false;
    const server = await serve(() => (isDown ? act.refuse : act.deny));
    const args = ['-s', server.address, '--no-canary', '--tries', '1', 'not', 'is'];
    const { printed, messages } = await watch(args, 6, (round) => {
      isDown = round === 1 || round === 2 || round === 4;
    });
    expect(printed).toEqual([['  is.dev', '  not.dev'], [], [], [], [], []]);
    const outage = `blogdom: 2 names have no answer this time, which is no change; \\w+.dev: REFUSED from ${urlOf(server)}\n`;
    expect(messages).toMatch(new RegExp(`^(${outage}){2}$`));
  });

  it('prints the steps of a registration with --confirm all, also after a round without an answer', async () => {
    const server = await serve(() => act.deny);
    let action = rdap.found();
    const registry = await serveRdap(({ name }) => (name === 'not.dev' ? action : rdap.found()));
    const { file } = await confirmBy({ dev: registry.url });
    const confirm = ['--confirm', 'all', '--confirm-timeout', '0.5', '--rdap-bootstrap', file];
    const steps = [rdap.fail(500), rdap.found(['redemption period']), rdap.found(['pending delete'])];
    const { printed } = await watch(['-s', server.address, '--no-canary', ...confirm, 'not'], 4, (round) => {
      action = steps[round - 1] ?? action;
    });
    expect(printed).toEqual([
      ['~ not.dev  registered'],
      [],
      ['~ not.dev  registered -> redemption period  2026-11-26 07:40  registered, redemption period'],
      ['~ not.dev  redemption period -> pending delete  2026-11-26 07:45  registered, pending delete'],
    ]);
  });

  it('prints a reserved name once, and when it comes', async () => {
    let isThere = false;
    const server = await serve(({ name }) =>
      isThere && name === 'box.internal' ? act.answer('192.0.2.1') : act.deny,
    );
    const args = ['-s', server.address, '--no-canary', 'box.internal', 'x.onion'];
    const { printed } = await watch(args, 4, (round) => {
      isThere = round === 2;
    });
    const reason = 'reserved by ICANN: nobody can register it';
    expect(printed).toEqual([
      [`? box.internal  ${reason}`, '? x.onion  reserved by RFC 7686: nobody can register it'],
      [],
      ['+ box.internal  unknown -> live  2026-11-26 07:40'],
      [],
    ]);
  });

  it('adds no listener to the signal with each round', async () => {
    const warnings: string[] = [];
    const warn = ({ name }: Error) => void warnings.push(name);
    process.on('warning', warn);
    const server = await serve(() => act.deny);
    const { printed } = await watch(['-s', server.address, 'not'], 30, () => {});
    process.off('warning', warn);
    expect(printed).toHaveLength(30);
    expect(warnings).toEqual([]);
  });
});
