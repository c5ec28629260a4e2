import { describe, expect, test } from 'vitest';
import type { Question } from '../src/dns/query.js';
import type { Reply } from '../src/dns/reply.js';
import type { Failed, Outcome } from '../src/dns/transport.js';
import { type Ask, probe } from '../src/probe.js';
import type { Candidate, ProbeResult } from '../src/result.js';

const candidate: Candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const primary = 'udp://192.0.2.1:53';
const secondary = 'udp://192.0.2.2:53';

const replies = (reply: Partial<Reply>, server = primary): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

const noRecord = replies({});
const denied = replies({ rcode: 'NXDOMAIN' });
const silence: Failed = { failure: `no reply from ${secondary} in 7 tries`, server: secondary };
const refusal: Failed = { failure: `REFUSED from ${secondary}`, server: secondary, rcode: 'REFUSED' };

/** Answers A with the first outcome and AAAA with the second, and keeps the questions. */
function answering(a: Outcome, aaaa?: Outcome): { ask: Ask; questions: Question[] } {
  const questions: Question[] = [];
  const ask: Ask = async (question) => {
    questions.push(question);
    const outcome = question.type === 'A' ? a : aaaa;
    if (outcome === undefined) throw new Error(`${question.type} was not to be asked for`);
    return { outcome, tries: question.type === 'A' ? 2 : 3 };
  };
  return { ask, questions };
}

const verdict = (a: Outcome, aaaa?: Outcome): Promise<ProbeResult> =>
  probe(candidate, answering(a, aaaa).ask);

describe('live', () => {
  test('a name with an A record', async () => {
    const result = await verdict(replies({ addresses: ['192.0.2.7', '192.0.2.8'] }));
    expect(result).toMatchObject({ status: 'live', addresses: ['192.0.2.7', '192.0.2.8'], rcode: 'NOERROR' });
    expect(result).not.toHaveProperty('reason');
  });

  test('a name with an AAAA record only', async () => {
    const result = await verdict(noRecord, replies({ addresses: ['2001:db8::7'] }, secondary));
    expect(result).toMatchObject({ status: 'live', addresses: ['2001:db8::7'], server: secondary });
    expect(result).not.toHaveProperty('reason');
  });

  test('an alias of a name with an address', async () => {
    expect(await verdict(replies({ alias: 'b.dev', addresses: ['192.0.2.7'] }))).toMatchObject({
      status: 'live',
      addresses: ['192.0.2.7'],
    });
    const aaaa = replies({ alias: 'b.dev', addresses: ['2001:db8::7'] });
    expect(await verdict(replies({ alias: 'b.dev' }), aaaa)).toMatchObject({ status: 'live' });
  });
});

describe('taken', () => {
  test('a name with neither record', async () => {
    const result = await verdict(noRecord, noRecord);
    expect(result).toMatchObject({ status: 'taken', addresses: [], rcode: 'NOERROR', server: primary });
    expect(result).not.toHaveProperty('reason');
  });

  test('a name that is delegated itself', async () => {
    const expected = { status: 'taken', reason: 'delegated', rcode: 'NOERROR', addresses: [] };
    expect(await verdict(replies({ referral: 'as.dev' }))).toMatchObject(expected);
    expect(await verdict(noRecord, replies({ referral: 'as.dev' }))).toMatchObject(expected);
  });

  test('an alias of a name that does not exist', async () => {
    const dangling = replies({ rcode: 'NXDOMAIN', alias: 'gone.example' });
    const expected = { status: 'taken', reason: expect.stringContaining('gone.example'), rcode: 'NXDOMAIN' };
    expect(await verdict(dangling)).toMatchObject(expected);
    expect(await verdict(noRecord, dangling)).toMatchObject(expected);
  });

  test('an alias of a name without an address', async () => {
    const alias = replies({ alias: 'empty.example' });
    expect(await verdict(alias, alias)).toMatchObject({
      status: 'taken',
      reason: expect.stringContaining('empty.example'),
      addresses: [],
    });
  });

  test.each([silence, refusal])(
    'a name without an A record whose AAAA query fails: $failure',
    async (failed) => {
      expect(await verdict(noRecord, failed)).toMatchObject({
        status: 'taken',
        reason: expect.stringMatching(`AAAA.*${failed.failure}`),
        addresses: [],
        server: secondary,
      });
    },
  );

  test('a name without an A record whose AAAA query denies it', async () => {
    expect(await verdict(noRecord, denied)).toMatchObject({
      status: 'taken',
      reason: expect.stringMatching(/NXDOMAIN.*AAAA/),
      addresses: [],
    });
  });
});

describe('absent', () => {
  test('a name that the DNS denies', async () => {
    const result = await verdict(denied);
    expect(result).toMatchObject({ status: 'absent', rcode: 'NXDOMAIN', server: primary, addresses: [] });
    expect(result).not.toHaveProperty('reason');
  });
});

describe('unknown', () => {
  test('a name of which no server tells', async () => {
    const result = await verdict(silence);
    expect(result).toMatchObject({ status: 'unknown', reason: silence.failure, server: secondary });
    expect(result).toMatchObject({ addresses: [] });
    expect(result).not.toHaveProperty('rcode');
  });

  test('a name that a server does not want to tell of, with its response code', async () => {
    expect(await verdict(refusal)).toMatchObject({
      status: 'unknown',
      reason: refusal.failure,
      server: secondary,
      rcode: 'REFUSED',
    });
  });

  const contradiction = { rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] };

  test.each([
    ['directly', contradiction],
    ['through an alias', { ...contradiction, alias: 'b.dev' }],
  ])('a name that one reply denies and gives an address of, %s', async (_, reply) => {
    const result = await verdict(replies(reply));
    expect(result).toMatchObject({
      status: 'unknown',
      rcode: 'NXDOMAIN',
      reason: expect.stringMatching(/./),
    });
  });

  test('has no addresses, those of a contradictory reply included', async () => {
    expect(await verdict(replies(contradiction))).toMatchObject({ addresses: [] });
    expect(await verdict(noRecord, replies(contradiction))).toMatchObject({ addresses: [] });
  });
});

describe('questions', () => {
  const a: Question = { name: 'as.dev', type: 'A' };
  const aaaa: Question = { name: 'as.dev', type: 'AAAA' };

  test.each([
    ['an address', replies({ addresses: ['192.0.2.7'] })],
    ['a denial', denied],
    ['a denial behind an alias', replies({ rcode: 'NXDOMAIN', alias: 'gone.example' })],
    ['a delegation', replies({ referral: 'as.dev' })],
    ['a contradiction', replies({ rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] })],
    ['a failure', silence],
  ])('A alone is asked for where %s answers it', async (_, outcome) => {
    const { ask, questions } = answering(outcome);
    expect(await probe(candidate, ask)).toHaveProperty('tries', 2);
    expect(questions).toEqual([a]);
  });

  test.each([
    ['no record', noRecord],
    ['an alias without an address', replies({ alias: 'b.dev' })],
  ])('AAAA is asked for behind %s, and all tries are counted', async (_, outcome) => {
    for (const second of [noRecord, denied, silence, replies({ addresses: ['2001:db8::7'] })]) {
      const { ask, questions } = answering(outcome, second);
      expect(await probe(candidate, ask)).toHaveProperty('tries', 2 + 3);
      expect(questions).toEqual([a, aaaa]);
    }
  });
});

describe('every result', () => {
  test('says what was asked for, and how long it took', async () => {
    const bücher: Candidate = {
      name: 'xn--bcher-kva.dev',
      unicode: 'bücher.dev',
      word: 'xn--bcher-kva',
      tld: 'dev',
    };
    const { ask, questions } = answering(denied);
    const result = await probe(bücher, ask);
    expect(result).toMatchObject(bücher);
    expect(result.ms).toBeGreaterThanOrEqual(0);
    expect(questions).toEqual([{ name: bücher.name, type: 'A' }]);
  });

  test.each([denied, silence, refusal, noRecord])(
    'has none but the fields of the contract',
    async (outcome) => {
      const optional = ['unicode', 'reason', 'rcode', 'server'];
      const required = ['name', 'word', 'tld', 'status', 'addresses', 'tries', 'ms'];
      const result = await verdict(outcome, noRecord);
      expect(Object.keys(result)).toEqual(expect.arrayContaining(required));
      expect([...required, ...optional]).toEqual(expect.arrayContaining(Object.keys(result)));
    },
  );

  test('is a result, unless asking itself rejects', async () => {
    await expect(probe(candidate, () => Promise.reject(new Error('closed')))).rejects.toThrow('closed');
  });
});

test('nothing but a denial makes a name absent', async () => {
  const codes = ['NOERROR', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'];
  const failures = codes.map(
    (rcode): Failed => ({ failure: `${rcode} from ${primary}`, server: primary, rcode }),
  );
  for (const first of [...failures, silence, noRecord, replies({ referral: 'as.dev' })]) {
    for (const second of [...failures, silence, noRecord, denied]) {
      expect((await verdict(first, second)).status).not.toBe('absent');
    }
  }
});
