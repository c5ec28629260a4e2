import { type Answer, encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { decodeReply } from '../../../../src/dns/wire/reply.js';
import { alias, id, replyTo } from '../messages.js';

const name = '_for-sale.x.dev';
const query = encode({ type: 'query', id, flags: 0x0100, questions: [{ type: 'TXT', name }] });
const text = (owner: string, data: string | string[]): Answer => ({ type: 'TXT', name: owner, data });

/** The texts in a reply to the query for the TXT records of the name. */
const textsOf = (answers: readonly Answer[]) => {
  const reply = decodeReply(replyTo(query, { answers: [...answers] }), { name, type: 'TXT' });
  return { ...reply, texts: reply?.texts?.map((octets) => new TextDecoder().decode(octets)) };
};

describe('decodeReply of TXT records', () => {
  it('joins the strings of each record', () => {
    expect(textsOf([text(name, ['one', 'two']), text(name, 'three')]).texts).toEqual(['onetwo', 'three']);
  });

  it('leaves out those of other names', () => {
    expect(textsOf([text('x.dev', 'other'), text(name, 'own')]).texts).toEqual(['own']);
  });

  it('reads those at the end of a chain of aliases, and of no other name', () => {
    const chain = [alias(name, 'b.example'), alias('b.example', 'offers.example')];
    const answers = [
      ...chain,
      text(name, 'before'),
      text('offers.example', 'at the end'),
      text('x.dev', 'other'),
    ];
    expect(textsOf(answers)).toMatchObject({ alias: 'offers.example', texts: ['at the end'] });
  });

  it('finds none behind an alias of a name without any', () => {
    expect(textsOf([alias(name, 'b.example')])).toMatchObject({ alias: 'b.example', texts: [] });
  });
});
