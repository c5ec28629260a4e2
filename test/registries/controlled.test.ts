import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { createControlled } from '../../src/registries/controlled.js';
import type { LookUpResult } from '../../src/registries/look-up.js';

const resultOf = (name: string, status: 'absent' | 'live'): ProbeResult => {
  return { name, word: '', tld: '', status, addresses: [], tries: 1, ms: 1, evidence: [] };
};

const found: LookUpResult = { registered: true, state: undefined };
const denied: LookUpResult = { registered: false };

/**
 * A run against registries that say this about names, and deny all others.
 *
 * @param existing the names that exist in the DNS.
 */
function openRun(answers: Readonly<Record<string, LookUpResult>>, existing: readonly string[] = []) {
  const [asked, looked, notes]: [string[], string[], string[]] = [[], [], []];
  const { lookUp, observe } = createControlled({
    async lookUp(name) {
      asked.push(name);
      return answers[name] ?? denied;
    },
    async existsInDns(name) {
      looked.push(name);
      return existing.includes(name);
    },
    note: (message) => void notes.push(message),
  });
  return {
    ...{ asked, looked, notes },
    live: (...names: readonly string[]) => names.forEach((name) => void observe(resultOf(name, 'live'))),
    lookUp: (name: string) => lookUp(name, resultOf(name, 'absent')),
    lookUpLive: (name: string) => lookUp(name, resultOf(name, 'live')),
  };
}

describe('createControlled', () => {
  it('believes that a name is not registered after the registry has found a live name of the run', async () => {
    const { live, lookUp, asked, looked } = openRun({ 'live.co': found });
    live('live.co');
    expect(await lookUp('a.co')).toEqual(denied);
    expect(await lookUp('b.co')).toEqual(denied);
    expect(asked).toEqual(['a.co', 'live.co', 'b.co']);
    expect(looked).toEqual([]);
  });

  it('looks for a well-known name in the DNS if the run has shown none', async () => {
    const { lookUp, asked, looked } = openRun({ 'amazon.co': found }, ['amazon.co']);
    expect(await lookUp('a.co')).toEqual(denied);
    expect(asked).toEqual(['a.co', 'amazon.co']);
    expect(looked).toEqual(['google.co', 'amazon.co']);
  });

  it('asks for one control, however many names wait for it', async () => {
    const { lookUp, asked } = openRun({ 'google.co': found }, ['google.co']);
    await Promise.all(['a.co', 'b.co', 'c.co'].map(lookUp));
    expect(asked.filter((name) => name === 'google.co')).toHaveLength(1);
  });

  it('takes a name that the registry withholds for one that it has found', async () => {
    const withheld: LookUpResult = { registered: false, withheld: 'not available' };
    const { lookUp } = openRun({ 'google.eu': withheld }, ['google.eu']);
    expect(await lookUp('a.eu')).toEqual(denied);
  });

  it('does not take a control for found that the registry only calls reserved in an error', async () => {
    const reserved: LookUpResult = { registered: false, withheld: 'reserved', hasNoRecord: true };
    const answers = { 'google.co': reserved, 'amazon.co': reserved };
    const { lookUp } = openRun(answers, ['google.co', 'amazon.co']);
    expect(await lookUp('a.co')).toMatchObject({
      failure: 'its registry does not know amazon.co, which exists, but says: reserved',
    });
    const other = openRun({ ...answers, 'amazon.co': found }, ['google.co', 'amazon.co']);
    expect(await other.lookUp('a.co')).toEqual(denied);
  });

  it('notes once that a registry which finds a name denies another that is live', async () => {
    const { lookUpLive, notes } = openRun({ 'google.co': found }, ['google.co']);
    expect(await lookUpLive('live.co')).toEqual(denied);
    await lookUpLive('live.co');
    expect(notes).toEqual(['the registry of .co denies live.co, which exists, but finds another name']);
  });

  it('needs no control for a name that is registered, withheld or unanswered', async () => {
    const withheld: LookUpResult = { registered: false, withheld: 'reserved' };
    const failed: LookUpResult = { failure: 'HTTP status 500' };
    const { lookUp, asked } = openRun({ 'a.co': found, 'b.co': withheld, 'c.co': failed });
    expect(await Promise.all(['a.co', 'b.co', 'c.co'].map(lookUp))).toEqual([found, withheld, failed]);
    expect(asked).toEqual(['a.co', 'b.co', 'c.co']);
  });

  it('does not believe a registry that denies two names which exist, and says so once', async () => {
    const { live, lookUp, asked, notes } = openRun({}, ['google.co', 'amazon.co']);
    live('live.co');
    const failure = 'its registry denies live.co, which exists';
    expect(await lookUp('a.co')).toMatchObject({ failure });
    expect(await lookUp('b.co')).toMatchObject({ failure });
    expect(asked).toEqual(['a.co', 'live.co', 'google.co', 'b.co']);
    expect(notes).toEqual([
      'the registry of .co denies live.co and google.co, which exist: it is not believed that a name is unregistered',
    ]);
  });

  it('believes nothing without a control', async () => {
    const { lookUp, asked, notes } = openRun({});
    expect(await lookUp('a.co')).toMatchObject({ failure: 'no registered name is known under .co' });
    expect(asked).toEqual(['a.co']);
    expect(notes).toEqual([]);
  });

  it('tells suffixes apart', async () => {
    const { live, lookUp } = openRun({ 'live.co.uk': found });
    live('live.co.uk');
    expect(await lookUp('a.co.uk')).toEqual(denied);
    expect(await lookUp('a.org.uk')).toHaveProperty('failure');
    expect(await lookUp('a.uk')).toHaveProperty('failure');
  });

  it('asks for three controls at most', async () => {
    const failed: LookUpResult = { failure: 'HTTP status 400' };
    const answers = { 'a.co': failed, 'b.co': failed, 'c.co': failed, 'd.co': failed };
    const { live, lookUp, asked } = openRun(answers);
    live('a.co', 'b.co', 'c.co', 'd.co');
    expect(await lookUp('free.co')).toMatchObject(failed);
    expect(asked).toEqual(['free.co', 'a.co', 'b.co', 'c.co']);
  });

  it('asks for a control again when the next name needs one, if there was no answer', async () => {
    const answers: Record<string, LookUpResult> = { 'live.co': { failure: 'HTTP status 500' } };
    const { live, lookUp } = openRun(answers);
    live('live.co');
    expect(await lookUp('a.co')).toMatchObject({ failure: 'HTTP status 500' });
    answers['live.co'] = found;
    expect(await lookUp('b.co')).toEqual(denied);
  });

  it('does not believe a server to which the registry redirects, though the registry has found a control', async () => {
    const elsewhere: LookUpResult = { registered: false, redirectedTo: 'web.example' };
    const withheld: LookUpResult = { ...elsewhere, withheld: 'reserved' };
    const { lookUp } = openRun({ 'google.co': found, 'a.co': elsewhere, 'c.co': withheld }, ['google.co']);
    expect(await lookUp('b.co')).toEqual(denied);
    for (const name of ['a.co', 'c.co'])
      expect(await lookUp(name)).toMatchObject({
        failure: 'web.example, to which its registry redirects, has found no registered name',
      });
  });
});

describe('createControlled and names that exist', () => {
  it('takes the answer about one for a control', async () => {
    const { lookUp, lookUpLive, asked } = openRun({ 'live.co': found });
    await lookUpLive('live.co');
    expect(await lookUp('a.co')).toEqual(denied);
    expect(asked).toEqual(['live.co', 'a.co']);
  });

  it('does not believe a registry that denies them', async () => {
    const { lookUp, lookUpLive, notes } = openRun({});
    const failure = 'its registry denies a.co, which exists';
    for (const name of ['a.co', 'b.co']) expect(await lookUpLive(name)).toMatchObject({ failure });
    expect(await lookUp('free.co')).toMatchObject({ failure });
    expect(notes).toHaveLength(1);
  });

  it('does not believe a registry any more that has denied two, though it has found others', async () => {
    const { lookUp, lookUpLive } = openRun({ 'a.co': found });
    await lookUpLive('a.co');
    expect(await lookUp('free.co')).toEqual(denied);
    for (const name of ['b.co', 'c.co']) await lookUpLive(name);
    expect(await lookUp('other.co')).toHaveProperty('failure');
  });
});
