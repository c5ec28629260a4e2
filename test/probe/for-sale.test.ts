import { describe, expect, it } from 'vitest';
import { describeForSale, forSaleName, readForSale } from '../../src/probe/for-sale.js';

const read = (...texts: readonly string[]) =>
  readForSale(texts.map((text) => new TextEncoder().encode(text)));

describe('readForSale', () => {
  it.each([
    [[], undefined],
    [['I am for sale'], undefined],
    [['V=FORSALE1;fval=EUR750'], undefined],
    [['v=FORSALE2;fval=EUR750'], undefined],
    [['v=FORSALE1;'], {}],
    [['v=FORSALE1;fcod=EXCO-S2lscm95'], {}],
    [['v=FORSALE1;foo=bar'], {}],
    [['v=FORSALE1;fval=EUR750'], { price: '750 EUR' }],
    [['v=FORSALE1;fval=BTC0.000010'], { price: '0.000010 BTC' }],
    [['v=FORSALE1; fval=EUR750'], { price: '750 EUR' }],
    [['v=FORSALE1;fval=EUR'], {}],
    [['v=FORSALE1;fval=750EUR'], {}],
    [['v=FORSALE1;fval=eur750'], {}],
    [['v=FORSALE1;fval=EUR7,50'], {}],
    [['v=FORSALE1;ftxt=Call\u001b[31m\n me\u202e'], { text: 'Call [31m me' }],
    [['v=FORSALE1;ftxt=日本'], { text: '日本' }],
    [['v=FORSALE1;fval=USD', 'v=FORSALE1;fval=USD1', 'other'], { price: '1 USD' }],
    [
      ['v=FORSALE1;furi=https://example.com/foo%20bar', 'v=FORSALE1;fval=EUR1'],
      { link: 'https://example.com/foo%20bar', price: '1 EUR' },
    ],
    [['v=FORSALE1;furi=mailto:a@example.com'], { link: 'mailto:a@example.com' }],
    [['v=FORSALE1;furi=tel:+15550101'], { link: 'tel:+15550101' }],
    [['v=FORSALE1;furi=https://b\u00fccher.example/'], { link: 'https://xn--bcher-kva.example/' }],
    [['v=FORSALE1;furi=javascript:alert(1)'], {}],
    [['v=FORSALE1;furi=file:///etc/passwd'], {}],
    [['v=FORSALE1;furi=https://a b'], {}],
    [[`v=FORSALE1;ftxt=${'x'.repeat(240)}`], {}],
  ])('reads %j as %j', (texts, offer) => expect(read(...texts)).toEqual(offer));
});

describe('describeForSale', () => {
  it('names the price, the link and the text, as far as they are known', () => {
    expect(describeForSale({ price: '750 EUR', link: 'https://example.com/' })).toBe(
      'for sale: asking price 750 EUR, not binding, https://example.com/',
    );
    expect(describeForSale({})).toBe('for sale');
  });
});

describe('forSaleName', () => {
  it.each(['for.dev', 'x.myarpa', 'arpa.dev', `${'x'.repeat(61)}.`.repeat(3) + 'x'.repeat(57)])(
    'puts the label in front of %s',
    (name) => expect(forSaleName(name)).toBe(`_for-sale.${name}`),
  );

  it.each([
    ['the infrastructure of the internet', 'arpa'],
    ['a name of the infrastructure of the internet', '2.0.192.in-addr.arpa'],
    ['a name that leaves no room for the label', `${'x'.repeat(61)}.`.repeat(3) + 'x'.repeat(58)],
  ])('knows no name for %s', (_, name) => expect(forSaleName(name)).toBeUndefined());
});
