import { describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { createConfirm } from '../../src/registries/confirm.js';
import type { ControlledLookUp } from '../../src/registries/controlled.js';
import type { LookUpResult } from '../../src/registries/look-up.js';

const url = 'https://registry.example/domain/x.dev';
const registered = (state?: string): LookUpResult => ({ registered: true, state, url, official: true });
const unregistered: LookUpResult = { registered: false, url, official: true };

function resultOf(name: string, status: ProbeResult['status'] = 'absent', reason = ''): ProbeResult {
  const evidence = ['A: NXDOMAIN'];
  return { name, word: '', tld: '', status, reason, addresses: [], tries: 1, ms: 1, evidence };
}

/** Confirms a result with a registry that says this about every name. */
async function confirm(found: LookUpResult, result: ProbeResult) {
  const lookUp = vi.fn<ControlledLookUp>(async () => found);
  return { confirmed: await createConfirm(lookUp)(result), lookUp };
}

describe('createConfirm', () => {
  it.each(['absent', 'unknown'] as const)('makes an %s name that is registered taken', async (status) => {
    const { confirmed } = await confirm(registered(), resultOf('x.dev', status, 'SERVFAIL'));
    expect(confirmed).toEqual({
      ...resultOf('x.dev', 'taken', 'registered'),
      evidence: ['A: NXDOMAIN', `${url}: registered`],
    });
  });

  it.each(['absent', 'unknown'] as const)(
    'makes an %s name that is not registered unregistered',
    async (status) => {
      const { confirmed } = await confirm(unregistered, resultOf('xyz.dev', status, 'SERVFAIL'));
      expect(confirmed).toEqual({
        ...resultOf('xyz.dev', 'unregistered'),
        reason: undefined,
        evidence: ['A: NXDOMAIN', `${url}: not registered`],
      });
    },
  );

  it('keeps an absent name absent, with the reason, if its registry cannot tell', async () => {
    const { confirmed } = await confirm(
      { failure: 'HTTP status 500 from registry.example', url, official: true },
      resultOf('x.dev'),
    );
    expect(confirmed).toEqual({
      ...resultOf('x.dev', 'absent', 'could not be confirmed: HTTP status 500 from registry.example'),
      evidence: ['A: NXDOMAIN', `${url}: HTTP status 500 from registry.example`],
    });
  });

  it('keeps an unknown name unknown, with both reasons, if its registry cannot tell', async () => {
    const { confirmed } = await confirm(
      { failure: 'HTTP status 500 from registry.example' },
      resultOf('x.dev', 'unknown', 'SERVFAIL'),
    );
    const reason = 'SERVFAIL; could not be confirmed: HTTP status 500 from registry.example';
    expect(confirmed).toEqual(resultOf('x.dev', 'unknown', reason));
  });

  it.each<[string, ProbeResult['status'], string, string]>([
    ['name.ck', 'absent', '', 'a public suffix: it cannot be registered'],
    ['x.test', 'unknown', 'SERVFAIL', 'SERVFAIL; reserved by RFC 6761: nobody can register it'],
    ['x.onion', 'unknown', 'reserved by RFC 7686: nobody can register it', ''],
    ['name.ck', 'absent', 'a public suffix: it cannot be registered', ''],
  ])('asks no registry about %s, which nobody can register: %s, %j', async (name, status, before, after) => {
    const { confirmed, lookUp } = await confirm(registered(), resultOf(name, status, before));
    expect(confirmed).toEqual(resultOf(name, status, after || before));
    expect(lookUp).not.toHaveBeenCalled();
  });

  const registration = {
    ...{ registrar: 'Test Registrar', created: '2019-02-28T16:00:00Z' },
    ...{ expires: '2039-02-28T16:00:00Z', statuses: ['active'] },
  };

  it('adds what the registry says of the registration', async () => {
    const { confirmed } = await confirm({ ...registered(), registration } as LookUpResult, resultOf('x.dev'));
    expect(confirmed).toMatchObject({ status: 'taken', reason: 'registered', ...registration });
  });

  it('adds nothing of a registration above to the name', async () => {
    const found = { ...registered(), registration } as LookUpResult;
    const { confirmed } = await confirm(found, resultOf('www.x.dev'));
    expect(confirmed).not.toHaveProperty('registrar');
  });

  it.each(['live', 'taken'] as const)(
    'keeps a name %s, with what its registry says, if all are asked about',
    async (status) => {
      const answers: [LookUpResult, object][] = [
        [{ ...registered(), registration } as LookUpResult, { reason: '', ...registration }],
        [registered('client hold'), { reason: 'client hold' }],
        [unregistered, { reason: 'its registry has no registration of it' }],
        [
          { ...unregistered, withheld: 'reserved' } as LookUpResult,
          { reason: 'its registry says: reserved' },
        ],
        [
          { failure: 'HTTP status 500 from registry.example' },
          { reason: 'could not be confirmed: HTTP status 500 from registry.example' },
        ],
      ];
      for (const [found, rest] of answers) {
        const confirmed = await createConfirm(async () => found, 'all')(resultOf('xyz.dev', status));
        expect(confirmed).toMatchObject({ status, ...rest });
      }
      const below = await createConfirm(async () => registered(), 'all')(resultOf('www.xyz.dev', status));
      expect(below).toMatchObject({ status, reason: '', evidence: ['A: NXDOMAIN', `${url}: registered`] });
    },
  );

  it('adds to the reason of a live name only what it does not say', async () => {
    const live = resultOf('xyz.de', 'live', 'an alias');
    const confirmed = (found: LookUpResult) => createConfirm(async () => found, 'all')(live);
    expect(await confirmed(registered())).toMatchObject({ reason: 'an alias' });
    expect(await confirmed({ ...registered('client hold'), official: false })).toMatchObject({
      reason: 'an alias; client hold, according to a server that IANA does not list',
    });
  });

  it.each(['live', 'taken'] as const)('does not look up a name that is %s', async (status) => {
    const result = resultOf('x.dev', status);
    const { confirmed, lookUp } = await confirm(unregistered, result);
    expect(confirmed).toBe(result);
    expect(lookUp).not.toHaveBeenCalled();
  });

  it.each([
    ['x.uk.com', 'uk.com is a private suffix'],
    ['john.smith.name', 'smith.name may have registrations below it'],
  ])('does not look up %s, and says why', async (name, problem) => {
    const { confirmed, lookUp } = await confirm(unregistered, resultOf(name));
    expect(confirmed).toEqual(resultOf(name, 'absent', `could not be confirmed: ${problem}`));
    expect(lookUp).not.toHaveBeenCalled();
  });

  it('looks up the registrable name', async () => {
    const { lookUp } = await confirm(unregistered, resultOf('www.x.co.uk'));
    expect(lookUp).toHaveBeenCalledExactlyOnceWith('x.co.uk', resultOf('www.x.co.uk'));
  });

  it('keeps a name below a registered one absent, with the registration as the reason', async () => {
    const { confirmed } = await confirm(registered('client hold'), resultOf('www.for.dev'));
    expect(confirmed).toEqual({
      ...resultOf('www.for.dev', 'absent', 'for.dev is registered, client hold'),
      evidence: ['A: NXDOMAIN', `${url}: registered`],
    });
  });

  it('keeps an unknown name below a registered one unknown, with both reasons', async () => {
    const { confirmed } = await confirm(registered(), resultOf('www.for.dev', 'unknown', 'SERVFAIL'));
    expect(confirmed).toMatchObject({ status: 'unknown', reason: 'SERVFAIL; for.dev is registered' });
  });

  it('makes a name below an unregistered one unregistered', async () => {
    const { confirmed } = await confirm(unregistered, resultOf('www.xyz.dev'));
    expect(confirmed).toMatchObject({ status: 'unregistered', reason: undefined });
  });

  it('notes an unofficial server of a registration above a name, and of a name that is withheld', async () => {
    const { confirmed } = await confirm({ ...registered(), official: false }, resultOf('www.xyz.de'));
    const note = 'according to a server that IANA does not list';
    expect(confirmed).toMatchObject({ status: 'absent', reason: `xyz.de is registered, ${note}` });
    const withheld = { registered: false, withheld: 'blocked', url, official: false } as const;
    const { confirmed: blocked } = await confirm(withheld, resultOf('xyz.de'));
    expect(blocked).toMatchObject({ status: 'taken', reason: `its registry says: blocked, ${note}` });
  });

  it('has no evidence of a registry that was not asked', async () => {
    const { confirmed } = await confirm({ registered: false }, resultOf('xyz.dev'));
    expect(confirmed).toMatchObject({ status: 'unregistered', evidence: ['A: NXDOMAIN'] });
  });

  it('gives the state of the registration as the reason', async () => {
    const { confirmed } = await confirm(registered('client hold'), resultOf('x.dev'));
    expect(confirmed).toMatchObject({ status: 'taken', reason: 'registered, client hold' });
  });

  it('notes that an unregistered name may be reserved', async () => {
    const { confirmed } = await confirm(unregistered, resultOf('ab.dev'));
    expect(confirmed).toMatchObject({ status: 'unregistered', reason: 'may be reserved' });
  });

  it('makes a name taken that its registry withholds, in the word of the registry', async () => {
    const found = { registered: false, withheld: 'blocked', url, official: true } as const;
    const { confirmed } = await confirm(found, resultOf('x.lt', 'unknown', 'SERVFAIL'));
    expect(confirmed).toEqual({
      ...resultOf('x.lt', 'taken', 'its registry says: blocked'),
      evidence: ['A: NXDOMAIN', `${url}: blocked`],
    });
    const { confirmed: below } = await confirm(found, resultOf('www.x.lt'));
    expect(below).toMatchObject({ status: 'absent', reason: 'about x.lt, its registry says: blocked' });
  });

  it('adds what the registry says of an unregistered name, such as a price', async () => {
    const { confirmed } = await confirm(
      { ...unregistered, words: 'Premium name' } as LookUpResult,
      resultOf('xyz.dev'),
    );
    expect(confirmed).toMatchObject({ status: 'unregistered', reason: 'its registry says: Premium name' });
  });

  it('notes that the registry does not tell, if that is known of its server', async () => {
    const found = { ...unregistered, url: 'https://pubapi.registry.google/rdap/domain/word.dev' };
    const { confirmed } = await confirm(found, resultOf('word.dev'));
    expect(confirmed.reason).toBe('may be reserved, which its registry does not tell');
  });

  it('does not note that a registered name may be reserved', async () => {
    const { confirmed } = await confirm(registered(), resultOf('ac.dev'));
    expect(confirmed.reason).toBe('registered');
  });

  it.each([
    [
      'taken',
      registered('client hold'),
      'registered, client hold, according to a server that IANA does not list',
    ],
    ['unregistered', unregistered, 'according to a server that IANA does not list'],
  ] as const)('notes an unofficial server of a name that is %s', async (status, found, reason) => {
    const { confirmed } = await confirm({ ...found, official: false }, resultOf('xyz.de'));
    expect(confirmed).toMatchObject({ status, reason });
  });
});
