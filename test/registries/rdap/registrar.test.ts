import { describe, expect, it } from 'vitest';
import { registrarIn } from '../../../src/registries/rdap/registrar.js';

const card = (name: string, property = 'fn') => ({ vcardArray: ['vcard', [[property, {}, 'text', name]]] });
const registrar = { roles: ['registrar'] };
const number = (identifier: unknown, type = 'IANA Registrar ID') => ({ publicIds: [{ type, identifier }] });

describe('registrarIn finds a registrar', () => {
  it.each([
    [
      'among other entities',
      [
        { roles: ['registrant'], ...card('B') },
        { ...registrar, ...card('A') },
      ],
    ],
    ['whose role is in capital letters', [{ roles: ['Registrar'], ...card('A') }]],
    ['whose role is not in a list', [{ roles: 'registrar', ...card('A') }]],
    ['that is not in a list', { ...registrar, ...card('A') }],
    ['whose card is in capital letters', [{ ...registrar, ...card('A', 'FN') }]],
    [
      'by the name of its organisation and not of a department',
      [{ ...registrar, vcardArray: ['vcard', [['org', {}, 'text', ['A', 'Sales']]]] }],
    ],
    ['within another entity', [{ roles: ['registrant'], entities: [{ ...registrar, ...card('A') }] }]],
    ['by the name of its organisation', [{ ...registrar, ...card('A', 'org') }]],
    ['by a name in an entity within it', [{ ...registrar, entities: [{ ...card('A') }] }]],
    [
      'by its own name and not by that of its contact',
      [
        {
          ...registrar,
          entities: [
            { roles: ['abuse'], ...card('B') },
            { roles: [], ...card('A') },
          ],
        },
      ],
    ],
    ['by its name and not by its number', [{ ...registrar, ...number('292'), ...card('A') }]],
  ])('%s', (_what, entities) => {
    expect(registrarIn(entities)).toBe('A');
  });

  it('by the number that IANA has given it', () => {
    for (const identifier of ['292', 292])
      expect(registrarIn([{ ...registrar, ...number(identifier) }])).toBe('IANA registrar 292');
    const { publicIds } = number('292', 'IANA Registrar ID Number');
    expect(registrarIn([{ ...registrar, publicIds: publicIds[0] }])).toBe('IANA registrar 292');
  });
});

describe('registrarIn finds none', () => {
  it.each([
    ['if its number is no number', [{ ...registrar, ...number('29\u001b[2J') }]],
    ['if its number is of another kind', [{ ...registrar, ...number('292', 'VAT number') }]],
    [
      'if only a contact of it has a name',
      [{ ...registrar, entities: [{ roles: ['abuse'], ...card('B') }] }],
    ],
    [
      'deep within other entities',
      [{ entities: [{ entities: [{ entities: [{ ...registrar, ...card('A') }] }] }] }],
    ],
    ['in another role', [{ roles: ['registrant'], ...card('B') }]],
  ])('%s', (_what, entities) => {
    expect(registrarIn(entities)).toBeUndefined();
  });
});
