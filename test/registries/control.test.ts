import { describe, expect, it } from 'vitest';
import type { ProbeResult, Status } from '../../src/probe/result.js';
import {
  afterAsking,
  afterDenial,
  afterFailure,
  afterFinding,
  afterLook,
  type Controls,
  controlIn,
  nextStep,
  noControls,
  withAnotherRound,
  withName,
} from '../../src/registries/control.js';

const first = noControls('co');

/** What is known after a control has been asked for and denied. */
const denying = (controls: Controls, name: string, source?: string) =>
  afterDenial(afterAsking(controls, name), name, source);

/** What is known if none of the well-known names exists. */
function withoutWellKnown(controls: Controls = first, source?: string): Controls {
  const step = nextStep(controls, source);
  return step.kind === 'look' ? withoutWellKnown(afterLook(controls, step.name, false), source) : controls;
}

describe('nextStep', () => {
  it('asks for a name that the DNS has shown in this run', () => {
    expect(nextStep(withName(first, 'live.co'), undefined)).toEqual({ kind: 'ask', name: 'live.co' });
  });

  it('looks for well-known names in the DNS if the run has shown none, and asks for the first that exists', () => {
    expect(nextStep(first, undefined)).toEqual({ kind: 'look', name: 'google.co' });
    const second = afterLook(first, 'google.co', false);
    expect(nextStep(second, undefined)).toEqual({ kind: 'look', name: 'amazon.co' });
    const found = afterLook(second, 'amazon.co', true);
    expect(nextStep(found, undefined)).toEqual({ kind: 'ask', name: 'amazon.co' });
  });

  it('believes a registry that has found a control', () => {
    const controls = afterFinding(afterAsking(withName(first, 'live.co'), 'live.co'), undefined);
    expect(nextStep(controls, undefined)).toEqual({ kind: 'believe' });
  });

  it('asks for another control after a denial, and believes the registry if it finds that', () => {
    const controls = denying(withName(withName(first, 'a.co'), 'b.co'), 'a.co');
    expect(nextStep(controls, undefined)).toEqual({ kind: 'ask', name: 'b.co' });
    expect(nextStep(afterFinding(controls, undefined), undefined)).toEqual({ kind: 'believe' });
  });

  it('does not believe a registry that has denied two controls, even if it has found others', () => {
    const controls = denying(denying(first, 'google.co'), 'amazon.co');
    const reason = 'its registry denies google.co, which exists';
    const refuse = { kind: 'refuse', reason, denied: ['google.co', 'amazon.co'] };
    expect(nextStep(controls, undefined)).toEqual(refuse);
    expect(nextStep(afterFinding(controls, undefined), undefined)).toEqual(refuse);
  });

  it('does not believe a registry whose only control is denied', () => {
    const controls = denying(withoutWellKnown(), 'live.co');
    const reason = 'its registry denies live.co, which exists';
    expect(nextStep(controls, undefined)).toEqual({ kind: 'refuse', reason, denied: ['live.co'] });
  });

  it('believes nobody if no registered name is known', () => {
    const reason = 'no registered name is known under .co';
    expect(nextStep(withoutWellKnown(), undefined)).toEqual({ kind: 'refuse', reason, denied: [] });
  });

  it('goes on as soon as the run shows a name', () => {
    const controls = withName(withoutWellKnown(), 'live.co');
    expect(nextStep(controls, undefined)).toEqual({ kind: 'ask', name: 'live.co' });
  });

  it('gives the reason why controls have no answer, after three requests', () => {
    let controls = first;
    for (const name of ['a.co', 'b.co', 'c.co']) {
      controls = afterFailure(afterAsking(withName(controls, name), name), name, 'HTTP status 500');
    }
    const refuse = { kind: 'refuse', reason: 'HTTP status 500', denied: [] };
    expect(nextStep(controls, undefined)).toEqual(refuse);
    expect(withName(controls, 'd.co')).toBe(controls);
  });

  it('takes up controls without an answer again, five times, if there is nothing else to try', () => {
    const fail = (controls: Controls) =>
      afterFailure(afterAsking(withName(controls, 'a.co'), 'a.co'), 'a.co', 'HTTP status 500');
    expect(withAnotherRound(fail(first))).toEqual(fail(first));
    let controls = fail(withoutWellKnown());
    for (let round = 0; round < 5; round++) {
      expect(nextStep(controls, undefined)).toMatchObject({ kind: 'refuse', reason: 'HTTP status 500' });
      controls = withAnotherRound(controls);
      expect(nextStep(controls, undefined)).toEqual({ kind: 'ask', name: 'a.co' });
      controls = fail(controls);
    }
    expect(withAnotherRound(controls)).toEqual(controls);
  });

  it('believes another server, to which a registry redirects, only if that has found a control', () => {
    const own = afterFinding(afterAsking(first, 'google.co'), undefined);
    expect(nextStep(own, undefined)).toEqual({ kind: 'believe' });
    expect(nextStep(own, 'web.example')).toEqual({ kind: 'look', name: 'google.co' });
    const reason = 'web.example, to which its registry redirects, has found no registered name';
    expect(nextStep(withoutWellKnown(own, 'web.example'), 'web.example')).toMatchObject({
      kind: 'refuse',
      reason,
    });
    const both = afterFinding(first, 'web.example');
    for (const source of [undefined, 'web.example'])
      expect(nextStep(both, source)).toEqual({ kind: 'believe' });
  });
});

describe('what is known of a registry', () => {
  it('counts a control that is denied twice once', () => {
    const controls = denying(withoutWellKnown(), 'live.co');
    expect(afterDenial(controls, 'live.co', undefined)).toBe(controls);
  });

  it('has a name once, and not again after it was denied', () => {
    const controls = withName(first, 'a.co');
    expect(withName(controls, 'a.co')).toBe(controls);
    const denied = denying(controls, 'a.co');
    expect(withName(denied, 'a.co')).toBe(denied);
  });

  it('keeps no more names than may be asked for', () => {
    const three = ['a.co', 'b.co', 'c.co'].reduce(withName, first);
    expect(withName(three, 'd.co').names).toEqual(['a.co', 'b.co', 'c.co']);
  });
});

describe('controlIn', () => {
  const result = (name: string, status: Status, reason = ''): ProbeResult => {
    return { name, word: '', tld: '', status, reason, addresses: [], tries: 1, ms: 1, evidence: [] };
  };

  it.each([
    ['for.dev', 'live', '', 'for.dev'],
    ['www.for.dev', 'live', '', 'for.dev'],
    ['for.co.uk', 'live', '', 'for.co.uk'],
    ['bare.dev', 'taken', 'delegated to ns1.example', 'bare.dev'],
  ] as const)('finds one in %s, %s, %j: %s', (name, status, reason, control) => {
    expect(controlIn(result(name, status, reason))).toBe(control);
  });

  it.each([
    ['for.dev', 'absent', ''],
    ['for.dev', 'unknown', 'SERVFAIL'],
    // It may lie within the suffix and have names below it.
    ['for.dev', 'taken', ''],
    ['for.dev', 'taken', 'alias of x.example, which does not exist'],
    ['co.uk', 'live', ''],
    ['nic.dev', 'live', ''],
    ['whois.nic.dev', 'live', ''],
    ['dev.dev', 'live', ''],
    ['x.uk.com', 'live', ''],
    ['smith.smith.name', 'live', ''],
    ['live.test', 'live', ''],
  ] as const)('finds none in %s, %s, %j', (name, status, reason) => {
    expect(controlIn(result(name, status, reason))).toBeUndefined();
  });
});
