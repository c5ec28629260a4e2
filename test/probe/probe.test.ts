import { describe, expect, test } from 'vitest';
import type { Ask, Route } from '../../src/dns/resolver/resolver.js';
import type { Failed, Outcome } from '../../src/dns/transport/transport.js';
import type { Question } from '../../src/dns/wire/query.js';
import type { Reply } from '../../src/dns/wire/reply.js';
import type { Candidate } from '../../src/names/candidate.js';
import { probe as probeBy } from '../../src/probe/probe.js';
import type { ProbeResult } from '../../src/probe/result.js';
import type { Reviewed, Trust } from '../../src/probe/trust.js';
import { doubt, type Finding } from '../../src/probe/verdict.js';

const candidate: Candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const primary = 'udp://192.0.2.1:53';
const secondary = 'udp://192.0.2.2:53';
const overTcp = 'tcp://192.0.2.1:53';

const replies = (reply: Partial<Reply>, server = primary): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

const noRecord = replies({});
const denied = replies({ rcode: 'NXDOMAIN' });
const silence: Failed = { failure: `no reply from ${secondary} in 7 tries`, server: secondary };
const refusal: Failed = { failure: `REFUSED from ${secondary}`, server: secondary, rcode: 'REFUSED' };

/** Answers A with the first outcome and AAAA with the second, and keeps the questions and their routes. */
function answering(a: Outcome, aaaa?: Outcome) {
  const questions: Question[] = [];
  const routes: (Route | undefined)[] = [];
  const ask: Ask = async (question, route) => {
    questions.push(question);
    routes.push(route);
    const outcome = question.type === 'A' ? a : aaaa;
    if (outcome === undefined) throw new Error(`${question.type} was not to be asked for`);
    // A server given by its UDP address may answer over TCP.
    const asked = outcome.server.replace('tcp:', 'udp:');
    return { outcome, asked, tries: question.type === 'A' ? 2 : 3, ms: 7 };
  };
  return { ask, questions, routes };
}

const probe = (name: Candidate, ask: Ask, trust?: Trust): Promise<ProbeResult> => probeBy(name, ask, trust);

const verdict = (a: Outcome, aaaa?: Outcome): Promise<ProbeResult> =>
  probe(candidate, answering(a, aaaa).ask);

describe('live', () => {
  test('a name with an A record', async () => {
    const result = await verdict(replies({ addresses: ['192.0.2.7', '192.0.2.8'] }));
    expect(result).toMatchObject({ status: 'live', addresses: ['192.0.2.7', '192.0.2.8'], rcode: 'NOERROR' });
    expect(result.reason).toBeUndefined();
  });

  test('a name with an AAAA record only', async () => {
    const result = await verdict(noRecord, replies({ addresses: ['2001:db8::7'] }, secondary));
    expect(result).toMatchObject({ status: 'live', addresses: ['2001:db8::7'], server: secondary });
    expect(result.reason).toBeUndefined();
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
    expect(result.reason).toBeUndefined();
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
    expect(result.reason).toBeUndefined();
  });
});

describe('unknown', () => {
  test('a name of which no server tells', async () => {
    const result = await verdict(silence);
    expect(result).toMatchObject({ status: 'unknown', reason: silence.failure, server: secondary });
    expect(result).toMatchObject({ addresses: [] });
    expect(result.rcode).toBeUndefined();
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

describe('a second reply from another server', () => {
  const alias = replies({ alias: 'empty.example' });

  test('is only taken where the first server does not give one: it is asked first', async () => {
    for (const [server, first] of [
      [primary, primary],
      [secondary, secondary],
      [overTcp, primary],
    ] as const) {
      const { ask, routes } = answering(replies({}, server), noRecord);
      await probe(candidate, ask);
      expect(routes).toEqual([undefined, { first }]);
    }
  });

  test.each([
    ['with an address', noRecord, { addresses: ['2001:db8::7'] }, { status: 'live', rcode: 'NOERROR' }],
    ['without one', noRecord, {}, { status: 'taken', rcode: 'NOERROR' }],
    ['that delegates', noRecord, { referral: 'as.dev' }, { status: 'taken', reason: 'delegated' }],
    ['that denies the name', noRecord, { rcode: 'NXDOMAIN' }, { status: 'taken', rcode: 'NOERROR' }],
    ['that follows the alias', alias, { alias: 'empty.example' }, { status: 'taken', rcode: 'NOERROR' }],
  ])('%s decides, and its server is named', async (_, first, second, expected) => {
    const result = await verdict(first, replies(second, secondary));
    expect(result).toMatchObject({ ...expected, server: secondary });
  });
});

describe('evidence', () => {
  test.each([
    ['an address', replies({ addresses: ['192.0.2.7'] }), 'A: NOERROR, address'],
    [
      'an address behind an alias',
      replies({ alias: 'b.dev', addresses: ['192.0.2.7'] }),
      'A: NOERROR, address',
    ],
    ['an alias to nowhere', replies({ rcode: 'NXDOMAIN', alias: 'gone.example' }), 'A: NXDOMAIN, alias'],
    ['a delegation', replies({ referral: 'as.dev' }), 'A: NOERROR, referral'],
    ['a denial', denied, 'A: NXDOMAIN'],
    ['silence', silence, silence.failure],
    ['a refusal', refusal, refusal.failure],
    [
      'what getaddrinfo found',
      { reply: { truncated: false, addresses: ['192.0.2.7'] }, server: 'system' },
      'A: getaddrinfo, address',
    ],
  ])('is one reply: %s', async (_, outcome, said) => {
    expect(await verdict(outcome)).toHaveProperty('evidence', [said]);
  });

  test.each([
    ['an address', replies({ addresses: ['2001:db8::7'] }), 'AAAA: NOERROR, address'],
    ['no record', noRecord, 'AAAA: NOERROR, no record'],
    ['an alias', replies({ alias: 'b.dev' }), 'AAAA: NOERROR, alias'],
    ['a denial', denied, 'AAAA: NXDOMAIN'],
    ['silence', silence, `AAAA: ${silence.failure}`],
  ])('is two replies where the first one has no record: %s', async (_, outcome, said) => {
    expect(await verdict(noRecord, outcome)).toHaveProperty('evidence', ['A: NOERROR, no record', said]);
  });

  test('says of an alias without an address that it is one', async () => {
    const { evidence } = await verdict(replies({ alias: 'b.dev' }), noRecord);
    expect(evidence).toEqual(['A: NOERROR, alias', 'AAAA: NOERROR, no record']);
  });
});

/** Reviews by the functions given, one after the other, and keeps what it is told. */
function trusting(...reviews: ((finding: Finding, ask: Ask) => Reviewed | Promise<Reviewed>)[]) {
  const started: string[] = [];
  const findings: Finding[] = [];
  const trust: Trust = {
    start: (suffix) => void started.push(suffix),
    async review(_candidate, finding, ask) {
      findings.push(finding);
      const review = reviews.shift();
      if (review === undefined) throw new Error('there was nothing more to review');
      return review(finding, ask);
    },
  };
  return { trust, started, findings };
}

const believe = (finding: Finding) => finding;

describe('trust', () => {
  test('is told of the suffix before anything is asked', async () => {
    const { trust, started } = trusting(believe);
    const ask: Ask = async () => {
      expect(started).toEqual(['co.uk']);
      return { outcome: denied, asked: primary, tries: 1, ms: 7 };
    };
    await probe({ name: 'as.co.uk', word: 'as', tld: 'co.uk' }, ask, trust);
    expect(started).toEqual(['co.uk']);
  });

  test.each([
    ['one reply', denied, undefined, [primary]],
    ['two replies', noRecord, noRecord, [primary]],
    [
      'two replies of different servers',
      noRecord,
      replies({ addresses: ['2001:db8::7'] }, secondary),
      [primary, secondary],
    ],
    [
      'two replies that contradict each other',
      noRecord,
      replies({ rcode: 'NXDOMAIN' }, secondary),
      [primary, secondary],
    ],
    ['one reply and a failure', noRecord, silence, [primary]],
    ['a failure', refusal, undefined, []],
    ['a reply over TCP', replies({ rcode: 'NXDOMAIN' }, overTcp), undefined, [primary]],
    ['two replies, one over TCP', noRecord, replies({}, overTcp), [primary]],
  ])('is told whose replies the verdict rests on: %s', async (_, first, second, sources) => {
    const { trust, findings } = trusting(believe);
    const { status } = await probe(candidate, answering(first, second).ask, trust);
    expect(findings).toMatchObject([{ sources, verdict: { status } }]);
  });

  test.each([
    ['at once', (finding: Finding) => doubt(finding, 'it lies')],
    ['later', async (finding: Finding) => doubt(finding, 'it lies')],
  ])('has the last word, %s', async (_, review) => {
    const { ask } = answering(replies({ addresses: ['192.0.2.7'] }));
    const result = await probe(candidate, ask, trusting(review).trust);
    expect(result).toMatchObject({ status: 'unknown', reason: 'it lies', addresses: [], server: primary });
  });

  test('adds to the evidence', async () => {
    const { trust } = trusting((finding) => ({
      ...finding,
      evidence: [...finding.evidence, 'dev exists'],
    }));
    const result = await probe(candidate, answering(denied).ask, trust);
    expect(result.evidence).toEqual(['A: NXDOMAIN', 'dev exists']);
  });

  test('may have all asked again, and all tries are counted', async () => {
    const { trust, findings, started } = trusting(
      () => 'ask again',
      () => Promise.resolve<Reviewed>('ask again'),
      believe,
    );
    const { ask, questions } = answering(noRecord, denied);
    const result = await probe(candidate, ask, trust);
    expect(questions.map(({ type }) => type)).toEqual(['A', 'AAAA', 'A', 'AAAA', 'A', 'AAAA']);
    expect(findings).toHaveLength(3);
    expect(result).toMatchObject({ status: 'taken', tries: 3 * (2 + 3) });
    expect(result.evidence).toEqual(['A: NOERROR, no record', 'AAAA: NXDOMAIN']);
    expect(started).toEqual(['dev']);
  });

  test('may ask more, which it adds to the tries and which goes where it says', async () => {
    const { trust, findings } = trusting(async (finding, ask) => {
      const { tries } = await ask({ name: 'as.dev', type: 'NS' }, { only: primary });
      return { ...finding, tries: finding.tries + tries };
    });
    const { ask, questions, routes } = answering(denied, noRecord);
    expect(await probe(candidate, ask, trust)).toHaveProperty('tries', 2 + 3);
    expect(findings).toMatchObject([{ tries: 2 }]);
    expect(questions.at(-1)).toEqual({ name: 'as.dev', type: 'NS' });
    expect(routes.at(-1)).toEqual({ only: primary });
  });

  test('that fails makes it reject', async () => {
    const { trust } = trusting(() => Promise.reject(new Error('closed')));
    await expect(probe(candidate, answering(denied).ask, trust)).rejects.toThrow('closed');
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
    expect(result.ms).toBe(7);
    expect(questions).toEqual([{ name: bücher.name, type: 'A' }]);
  });

  test.each([denied, silence, refusal, noRecord])(
    'has none but the fields of the contract',
    async (outcome) => {
      const optional = ['unicode', 'reason', 'rcode', 'server'];
      const required = ['name', 'word', 'tld', 'status', 'addresses', 'tries', 'ms', 'evidence'];
      const result = await verdict(outcome, noRecord);
      expect(Object.keys(result)).toEqual(expect.arrayContaining(required));
      expect([...required, ...optional]).toEqual(expect.arrayContaining(Object.keys(result)));
    },
  );
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
