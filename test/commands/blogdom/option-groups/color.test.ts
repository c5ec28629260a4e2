import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ColorChoice,
  colorChoices,
  useColor,
} from '../../../../src/commands/blogdom/option-groups/color.js';

type Row = [choice: ColorChoice, env: Record<string, string>, isTerminal: boolean, colored: boolean];

const table: Row[] = [
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['auto', { TERM: 'xterm-256color' }, true, true],
  ['auto', { TERM: 'xterm-256color' }, false, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { TERM: 'dumb' }, false, false],

  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '3' }, false, true],
  ['auto', { FORCE_COLOR: 'true' }, false, true],
  ['auto', { FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { FORCE_COLOR: 'false' }, true, false],

  ['auto', { NO_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '0' }, true, false],
  ['auto', { NO_COLOR: 'false' }, true, false],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],

  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { NO_COLOR: '', FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '' }, false, false],
  ['auto', { FORCE_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '', TERM: 'dumb' }, true, false],
  ['auto', { TERM: '' }, true, true],

  ['always', {}, false, true],
  ['always', { NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'dumb' }, false, true],
  ['never', {}, true, false],
  ['never', { FORCE_COLOR: '1' }, true, false],
];

describe('useColor', () => {
  it.each(table)(
    'with --color %s, environment %o and isTerminal %s returns %s',
    (choice, env, isTerminal, colored) => {
      expect(useColor(choice, env, isTerminal)).toBe(colored);
    },
  );

  const value = fc.option(fc.constantFrom('', '0', '1', 'false', 'true', 'dumb', 'xterm'), {
    nil: undefined,
  });
  const environment = fc.record({ NO_COLOR: value, FORCE_COLOR: value, TERM: value });

  it('obeys --color always and never, whatever the environment', () => {
    fc.assert(
      fc.property(environment, fc.boolean(), (env, isTerminal) => {
        expect(useColor('always', env, isTerminal)).toBe(true);
        expect(useColor('never', env, isTerminal)).toBe(false);
      }),
    );
  });

  it('obeys NO_COLOR, whatever the other variables', () => {
    fc.assert(
      fc.property(environment, fc.boolean(), (env, isTerminal) => {
        expect(useColor('auto', { ...env, NO_COLOR: '1' }, isTerminal)).toBe(false);
      }),
    );
  });

  it('treats an empty variable as not set', () => {
    fc.assert(
      fc.property(environment, fc.boolean(), (env, isTerminal) => {
        const set = Object.fromEntries(Object.entries(env).filter(([, text]) => text));
        expect(useColor('auto', env, isTerminal)).toBe(useColor('auto', set, isTerminal));
      }),
    );
  });
});

describe('colorChoices', () => {
  it('are auto, always and never', () => {
    expect(colorChoices).toEqual(['auto', 'always', 'never']);
  });
});
