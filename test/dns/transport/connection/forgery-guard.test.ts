import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { createForgeryGuard } from '../../../../src/dns/transport/connection/forgery-guard.js';
import type { Query } from '../../../../src/dns/transport/transport.js';
import { address, denial } from '../../../helpers/answers.js';
import { emptyReplyTo, queryFor } from '../played.js';

const server = 'udp://192.0.2.53:53';
const suspect = {
  failure: `replies from ${server} that may be forged`,
  ...{ server, hasReplied: true, isTruncated: true },
};

/** A guard that puts all letters into capitals when it mixes them. */
function create() {
  const guard = createForgeryGuard<Query>(server, { uint16: () => 0xffff });
  /** Asks for a name; returns it as it was sent, and the outcome after a review. */
  const ask = (name: string, outcome = address, change = (sent: string) => sent) => {
    const query = queryFor(name);
    const message = guard.encode(query);
    const sent = decode(message).questions?.[0]?.name ?? '';
    const reply = Buffer.from(emptyReplyTo(message));
    reply.write(change(sent.slice(0, 1)), 13, 'latin1');
    return { sent, outcome: guard.review(query, reply, outcome), query };
  };
  const lower = (sent: string) => sent.toLowerCase();
  /** Has letters mixed: a question that was answered is answered again. */
  const mixing = () => {
    ask('known.dev');
    ask('known.dev');
  };
  return { guard, ask, lower, mixing };
}

describe('the letter case of a question', () => {
  it('is not changed before the server has answered the same question', () => {
    const { ask } = create();
    expect([ask('x.dev').sent, ask('y.dev').sent]).toEqual(['x.dev', 'y.dev']);
  });

  it('is tried with a question that was answered, and is random from then on', () => {
    const { ask } = create();
    const sent = ['x.dev', 'x.dev', 'y.dev'].map((name) => ask(name).sent);
    expect(sent).toEqual(['x.dev', 'X.DEV', 'Y.DEV']);
  });

  it('is not tried with a name that was denied', () => {
    const { ask } = create();
    expect([ask('x.dev', denial).sent, ask('x.dev', denial).sent]).toEqual(['x.dev', 'x.dev']);
  });

  it('stays as it is for a server that does not find the name with other letters, and the trial is repeated', () => {
    const { ask } = create();
    ask('x.dev');
    expect(ask('x.dev', denial).outcome).toEqual({
      failure: `${server} tells letters of another case apart`,
      ...{ server, hasReplied: true },
    });
    expect(ask('x.dev').sent).toBe('x.dev');
  });

  it('stays as it is for a server that finds the name but does not repeat the case', () => {
    const { ask, lower } = create();
    ask('x.dev');
    expect(ask('x.dev', address, lower).outcome).toBe(address);
    expect(ask('x.dev').sent).toBe('x.dev');
  });

  it('makes a reply in another case suspect if the server repeats it', () => {
    const { ask, lower, mixing } = create();
    mixing();
    expect(ask('x.dev', denial).outcome).toBe(denial);
    expect(ask('x.dev', denial, lower).outcome).toEqual(suspect);
    expect(ask('x.dev').sent).toBe('X.DEV');
  });

  it('is no longer changed after four such replies, as there may be several servers behind the address', () => {
    const { ask, lower, mixing } = create();
    mixing();
    const outcomes = [1, 2, 3, 4].map(() => ask('x.dev', denial, lower).outcome);
    expect(outcomes).toEqual([suspect, suspect, suspect, denial]);
    expect(ask('x.dev').sent).toBe('x.dev');
  });
});

describe('wrong ids', () => {
  it('are suspect at the eighth for one query, since late replies are fewer', () => {
    const { guard } = create();
    const [query, other] = [queryFor('x.dev'), queryFor('y.dev')];
    const suspicions = Array.from({ length: 8 }, () => {
      guard.countWrongId(other);
      return guard.countWrongId(query);
    });
    expect(suspicions).toEqual([...Array(7).fill(undefined), suspect]);
  });

  it('are forgotten with their query', () => {
    const { guard } = create();
    const query = queryFor('x.dev');
    for (let count = 0; count < 7; count++) guard.countWrongId(query);
    guard.forget(query);
    expect(guard.countWrongId(query)).toBeUndefined();
  });
});
