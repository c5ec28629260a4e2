import { describe, expect, it, vi } from 'vitest';
import type { Ask, Route } from '../../src/dns/resolver/resolver.js';
import type { Failed, Outcome } from '../../src/dns/transport/transport.js';
import type { Question } from '../../src/dns/wire/query.js';
import type { Reply } from '../../src/dns/wire/reply.js';
import type { Candidate } from '../../src/names/candidate.js';
import { probe as probeWith } from '../../src/probe/probe.js';
import type { ProbeResult } from '../../src/probe/result.js';
import type { Reviewed } from '../../src/probe/trust/review.js';
import { createSuffix } from '../../src/probe/trust/suffix.js';
import type { Trust } from '../../src/probe/trust/trust.js';
import { doubt, type Finding } from '../../src/probe/verdict.js';

const candidate: Candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const primary = 'udp://192.0.2.1:53';
const secondary = 'udp://192.0.2.2:53';
const overTcp = 'tcp://192.0.2.1:53';

const replied = (reply: Partial<Reply>, server = primary): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

const noRecord = replied({});
const denial = replied({ rcode: 'NXDOMAIN' });
const noReply: Failed = { failure: `no reply from ${secondary} in 7 tries`, server: secondary };
const refusal: Failed = { failure: `REFUSED from ${secondary}`, server: secondary, rcode: 'REFUSED' };

/** Creates an `ask` with these outcomes for A and AAAA, and the lists of the questions asked and of their routes. */
function answering(a: Outcome, aaaa?: Outcome) {
  const questions: Question[] = [];
  const routes: (Route | undefined)[] = [];
  const ask: Ask = async (question, route) => {
    questions.push(question);
    routes.push(route);
    const outcome = question.type === 'A' ? a : aaaa;
    if (outcome === undefined) throw new Error(`Expected no question for ${question.type}`);
    // A server that was given as UDP may have answered over TCP.
    const asked = outcome.server.replace('tcp:', 'udp:');
    return { outcome, asked, tries: question.type === 'A' ? 2 : 3, ms: 7, sentAt: 0 };
  };
  return { ask, questions, routes };
}

const probe = (name: Candidate, ask: Ask, trust?: Trust): Promise<ProbeResult> => probeWith(name, ask, trust);

const resultOf = (a: Outcome, aaaa?: Outcome): Promise<ProbeResult> =>
  probe(candidate, answering(a, aaaa).ask);

describe('probe says that a name is live', () => {
  it('if it has an A record', async () => {
    const result = await resultOf(replied({ addresses: ['192.0.2.7', '192.0.2.8'] }));
    expect(result).toMatchObject({ status: 'live', addresses: ['192.0.2.7', '192.0.2.8'], rcode: 'NOERROR' });
    expect(result.reason).toBeUndefined();
  });

  it('if it has only an AAAA record', async () => {
    const result = await resultOf(noRecord, replied({ addresses: ['2001:db8::7'] }, secondary));
    expect(result).toMatchObject({ status: 'live', addresses: ['2001:db8::7'], server: secondary });
    expect(result.reason).toBeUndefined();
  });

  it('if it is an alias of a name with an address', async () => {
    expect(await resultOf(replied({ alias: 'b.dev', addresses: ['192.0.2.7'] }))).toMatchObject({
      status: 'live',
      addresses: ['192.0.2.7'],
    });
    const aaaa = replied({ alias: 'b.dev', addresses: ['2001:db8::7'] });
    expect(await resultOf(replied({ alias: 'b.dev' }), aaaa)).toMatchObject({ status: 'live' });
  });
});

describe('probe says that a name is taken', () => {
  it('if it exists with neither an A nor an AAAA record', async () => {
    const result = await resultOf(noRecord, noRecord);
    expect(result).toMatchObject({ status: 'taken', addresses: [], rcode: 'NOERROR', server: primary });
    expect(result.reason).toBeUndefined();
  });

  it('if it is delegated', async () => {
    const expected = { status: 'taken', reason: 'delegated', rcode: 'NOERROR', addresses: [] };
    expect(await resultOf(replied({ referral: 'as.dev' }))).toMatchObject(expected);
    expect(await resultOf(noRecord, replied({ referral: 'as.dev' }))).toMatchObject(expected);
  });

  it('if it is an alias of a name that does not exist', async () => {
    const dangling = replied({ rcode: 'NXDOMAIN', alias: 'gone.example' });
    const expected = { status: 'taken', reason: expect.stringContaining('gone.example'), rcode: 'NXDOMAIN' };
    expect(await resultOf(dangling)).toMatchObject(expected);
    expect(await resultOf(noRecord, dangling)).toMatchObject(expected);
  });

  it('if it is an alias of a name without an address', async () => {
    const alias = replied({ alias: 'empty.example' });
    expect(await resultOf(alias, alias)).toMatchObject({
      status: 'taken',
      reason: expect.stringContaining('empty.example'),
      addresses: [],
    });
  });

  it.each([noReply, refusal])(
    'if it exists without an A record and the AAAA query fails: $failure',
    async (failed) => {
      expect(await resultOf(noRecord, failed)).toMatchObject({
        status: 'taken',
        reason: expect.stringMatching(`AAAA.*${failed.failure}`),
        addresses: [],
        server: secondary,
      });
    },
  );

  it('if it exists without an A record and the AAAA query gets NXDOMAIN', async () => {
    expect(await resultOf(noRecord, denial)).toMatchObject({
      status: 'taken',
      reason: expect.stringMatching(/NXDOMAIN.*AAAA/),
      addresses: [],
    });
  });
});

describe('probe says that a name is absent', () => {
  it('if the DNS denies it', async () => {
    const result = await resultOf(denial);
    expect(result).toMatchObject({ status: 'absent', rcode: 'NXDOMAIN', server: primary, addresses: [] });
    expect(result.reason).toBeUndefined();
  });
});

describe('probe says that a name is unknown', () => {
  it('if no server replies', async () => {
    const result = await resultOf(noReply);
    expect(result).toMatchObject({ status: 'unknown', reason: noReply.failure, server: secondary });
    expect(result).toMatchObject({ addresses: [] });
    expect(result.rcode).toBeUndefined();
  });

  it('if a server refuses, and gives the response code', async () => {
    expect(await resultOf(refusal)).toMatchObject({
      status: 'unknown',
      reason: refusal.failure,
      server: secondary,
      rcode: 'REFUSED',
    });
  });

  const contradiction = { rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] };

  it.each([
    ['of its own', contradiction],
    ['of its alias', { ...contradiction, alias: 'b.dev' }],
  ])('if one reply denies it and gives an address %s', async (_, reply) => {
    const result = await resultOf(replied(reply));
    expect(result).toMatchObject({
      status: 'unknown',
      rcode: 'NXDOMAIN',
      reason: expect.stringMatching(/./),
    });
  });

  it('without addresses if a reply contradicts itself', async () => {
    expect(await resultOf(replied(contradiction))).toMatchObject({ addresses: [] });
    expect(await resultOf(noRecord, replied(contradiction))).toMatchObject({ addresses: [] });
  });
});

describe('the questions of probe', () => {
  const a: Question = { name: 'as.dev', type: 'A' };
  const aaaa: Question = { name: 'as.dev', type: 'AAAA' };

  it.each([
    ['an address', replied({ addresses: ['192.0.2.7'] })],
    ['a denial', denial],
    ['a denial of an alias', replied({ rcode: 'NXDOMAIN', alias: 'gone.example' })],
    ['a delegation', replied({ referral: 'as.dev' })],
    ['a contradiction', replied({ rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] })],
    ['a failure', noReply],
  ])('end with A if the outcome is %s', async (_, outcome) => {
    const { ask, questions } = answering(outcome);
    expect(await probe(candidate, ask)).toHaveProperty('tries', 2);
    expect(questions).toEqual([a]);
  });

  it.each([
    ['no record', noRecord],
    ['an alias without an address', replied({ alias: 'b.dev' })],
  ])('go on with AAAA if the outcome of A is %s, and the tries of both are counted', async (_, outcome) => {
    for (const second of [noRecord, denial, noReply, replied({ addresses: ['2001:db8::7'] })]) {
      const { ask, questions } = answering(outcome, second);
      expect(await probe(candidate, ask)).toHaveProperty('tries', 2 + 3);
      expect(questions).toEqual([a, aaaa]);
    }
  });
});

describe('the AAAA question', () => {
  const alias = replied({ alias: 'empty.example' });

  it('goes first to the server that answered A', async () => {
    for (const [server, first] of [
      [primary, primary],
      [secondary, secondary],
      [overTcp, primary],
    ] as const) {
      const { ask, routes } = answering(replied({}, server), noRecord);
      await probe(candidate, ask);
      expect(routes).toEqual([undefined, { first }]);
    }
  });

  it.each([
    ['with an address', noRecord, { addresses: ['2001:db8::7'] }, { status: 'live', rcode: 'NOERROR' }],
    ['without an address', noRecord, {}, { status: 'taken', rcode: 'NOERROR' }],
    ['that delegates', noRecord, { referral: 'as.dev' }, { status: 'taken', reason: 'delegated' }],
    ['that denies the name', noRecord, { rcode: 'NXDOMAIN' }, { status: 'taken', rcode: 'NOERROR' }],
    ['that follows the alias', alias, { alias: 'empty.example' }, { status: 'taken', rcode: 'NOERROR' }],
  ])('decides if another server answers it: a reply %s', async (_, first, second, expected) => {
    const result = await resultOf(first, replied(second, secondary));
    expect(result).toMatchObject({ ...expected, server: secondary });
  });
});

describe('the evidence', () => {
  it.each([
    ['an address', replied({ addresses: ['192.0.2.7'] }), 'A: NOERROR, address'],
    ['the address of an alias', replied({ alias: 'b.dev', addresses: ['192.0.2.7'] }), 'A: NOERROR, address'],
    ['an alias to nowhere', replied({ rcode: 'NXDOMAIN', alias: 'gone.example' }), 'A: NXDOMAIN, alias'],
    ['a delegation', replied({ referral: 'as.dev' }), 'A: NOERROR, referral'],
    ['a denial', denial, 'A: NXDOMAIN'],
    ['no reply', noReply, noReply.failure],
    ['a refusal', refusal, refusal.failure],
    [
      'an address from getaddrinfo',
      { reply: { truncated: false, addresses: ['192.0.2.7'] }, server: 'system' },
      'A: getaddrinfo, address',
    ],
  ])('describes one outcome: %s', async (_, outcome, description) => {
    expect(await resultOf(outcome)).toHaveProperty('evidence', [description]);
  });

  it.each([
    ['an address', replied({ addresses: ['2001:db8::7'] }), 'AAAA: NOERROR, address'],
    ['no record', noRecord, 'AAAA: NOERROR, no record'],
    ['an alias', replied({ alias: 'b.dev' }), 'AAAA: NOERROR, alias'],
    ['a denial', denial, 'AAAA: NXDOMAIN'],
    ['no reply', noReply, `AAAA: ${noReply.failure}`],
  ])('describes two outcomes if the first one is no record: %s', async (_, outcome, description) => {
    expect(await resultOf(noRecord, outcome)).toHaveProperty('evidence', [
      'A: NOERROR, no record',
      description,
    ]);
  });

  it('mentions an alias without an address', async () => {
    const { evidence } = await resultOf(replied({ alias: 'b.dev' }), noRecord);
    expect(evidence).toEqual(['A: NOERROR, alias', 'AAAA: NOERROR, no record']);
  });
});

/** Reviews by the functions given, one after the other, and keeps what it is told. */
function trusting(...reviews: ((finding: Finding) => Reviewed | Promise<Reviewed>)[]) {
  const calls: string[] = [];
  const findings: Finding[] = [];
  const trust: Trust = {
    open: (suffix) => {
      calls.push(`open ${suffix}`);
      return createSuffix(suffix, [], false);
    },
    begin: () => void calls.push('begin'),
    asked: () => calls.push('asked'),
    end: () => void calls.push('end'),
    evidence: () => undefined,
    async review(_candidate, _suffix, finding) {
      findings.push(finding);
      const review = reviews.shift();
      if (review === undefined) throw new Error('there was nothing more to review');
      return review(finding);
    },
    waiting: () => 0,
    lieOf: () => undefined,
    close: () => {},
  };
  return { trust, calls, findings };
}

const believe = (finding: Finding) => finding;
const askAgain = { route: { first: secondary } };

describe('trust in probe', () => {
  it.each([
    ['one question', denial, ['open dev', 'begin', 'asked', 'end']],
    ['two questions', noRecord, ['open dev', 'begin', 'asked', 'asked', 'end']],
  ])('is told when a name is asked for and when it has been answered: %s', async (_, first, expected) => {
    const { trust, calls } = trusting(believe);
    await probe(candidate, answering(first, noRecord).ask, trust);
    expect(calls).toEqual(expected);
  });

  it.each([
    ['one reply', denial, undefined, [primary]],
    ['two replies', noRecord, noRecord, [primary]],
    [
      'two replies of different servers',
      noRecord,
      replied({ addresses: ['2001:db8::1'] }, secondary),
      [primary, secondary],
    ],
    [
      'two replies that contradict each other',
      noRecord,
      replied({ rcode: 'NXDOMAIN' }, secondary),
      [primary, secondary],
    ],
    ['one reply and a failure', noRecord, noReply, [primary]],
    ['a failure', refusal, undefined, []],
    ['a reply over TCP', replied({ rcode: 'NXDOMAIN' }, overTcp), undefined, [primary]],
    ['two replies, one over TCP', noRecord, replied({}, overTcp), [primary]],
  ])('is told whose replies the verdict rests on: %s', async (_, first, second, sources) => {
    const { trust, findings } = trusting(believe);
    const { status } = await probe(candidate, answering(first, second).ask, trust);
    expect(findings).toMatchObject([{ sources, verdict: { status } }]);
  });

  it.each([
    ['one question', replied({ rcode: 'NXDOMAIN', zone: '' }), { type: 'A', zone: '', first: 10, last: 10 }],
    ['two questions', noRecord, { type: 'AAAA', zone: undefined, first: 10, last: 20 }],
  ])('is told when the queries were sent: %s', async (_, outcome, { type, zone, first, last }) => {
    const { trust, findings } = trusting(believe);
    const ask: Ask = async (question) => {
      const sentAt = question.type === 'A' ? 10 : 20;
      return { outcome: question.type === 'A' ? outcome : noRecord, asked: primary, tries: 1, ms: 7, sentAt };
    };
    await probe(candidate, ask, trust);
    expect(findings).toMatchObject([{ type, zone, firstSentAt: first, lastSentAt: last }]);
  });

  it('makes the result wait for its evidence, and add it', async () => {
    const { trust } = trusting();
    const waits: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
    const onWait = vi.fn();
    const evidence = () => waits.shift() ?? ['dev exists'];
    const result = await probeWith(candidate, answering(denial).ask, { ...trust, evidence }, onWait);
    expect(waits).toEqual([]);
    expect(result).toMatchObject({ status: 'absent', evidence: ['A: NXDOMAIN', 'dev exists'] });
    expect(onWait).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['at once', (finding: Finding) => doubt(finding, 'it lies')],
    ['later', async (finding: Finding) => doubt(finding, 'it lies')],
  ])('has the last word, %s', async (_, review) => {
    const { ask } = answering(replied({ addresses: ['192.0.2.7'] }));
    const result = await probe(candidate, ask, trusting(review).trust);
    expect(result).toMatchObject({ status: 'unknown', reason: 'it lies', addresses: [], server: primary });
  });

  it('may have all asked again, elsewhere, and all tries are counted', async () => {
    const { trust, findings } = trusting(
      () => askAgain,
      () => Promise.resolve(askAgain),
      believe,
    );
    const { ask, questions, routes } = answering(noRecord, denial);
    const result = await probe(candidate, ask, trust);
    expect(questions.map(({ type }) => type)).toEqual(['A', 'AAAA', 'A', 'AAAA', 'A', 'AAAA']);
    expect([routes[0], routes[2], routes[4]]).toEqual([undefined, askAgain.route, askAgain.route]);
    expect(findings).toHaveLength(3);
    expect(result).toMatchObject({ status: 'taken', tries: 3 * (2 + 3) });
    expect(result.evidence).toEqual(['A: NOERROR, no record', 'AAAA: NXDOMAIN']);
  });

  it('that fails makes it reject', async () => {
    const { trust } = trusting(() => Promise.reject(new Error('closed')));
    await expect(probe(candidate, answering(denial).ask, trust)).rejects.toThrow('closed');
  });
});

describe('every result of probe', () => {
  it('names the candidate, and says how long it took', async () => {
    const bücher: Candidate = {
      name: 'xn--bcher-kva.dev',
      unicode: 'bücher.dev',
      word: 'xn--bcher-kva',
      tld: 'dev',
    };
    const { ask, questions } = answering(denial);
    const result = await probe(bücher, ask);
    expect(result).toMatchObject(bücher);
    expect(result.ms).toBe(7);
    expect(questions).toEqual([{ name: bücher.name, type: 'A' }]);
  });

  it.each([denial, noReply, refusal, noRecord])(
    'has the fields of the contract and no others',
    async (outcome) => {
      const optional = ['unicode', 'reason', 'rcode', 'server'];
      const required = ['name', 'word', 'tld', 'status', 'addresses', 'tries', 'ms', 'evidence'];
      const result = await resultOf(outcome, noRecord);
      expect(Object.keys(result)).toEqual(expect.arrayContaining(required));
      expect([...required, ...optional]).toEqual(expect.arrayContaining(Object.keys(result)));
    },
  );
});

describe('probe', () => {
  it('says that a name is absent for no reason but a denial', async () => {
    const codes = ['NOERROR', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'];
    const failures = codes.map(
      (rcode): Failed => ({ failure: `${rcode} from ${primary}`, server: primary, rcode }),
    );
    for (const first of [...failures, noReply, noRecord, replied({ referral: 'as.dev' })]) {
      for (const second of [...failures, noReply, noRecord, denial]) {
        expect((await resultOf(first, second)).status).not.toBe('absent');
      }
    }
  });
});
