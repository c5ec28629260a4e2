import { describe, expect, it } from 'vitest';
import type { ServerSketch } from './make-world.js';
import { addresses, denials, failures, noReplies, openServer, refusals, truths } from './open-server.js';
import type { Limit } from './world.js';

describe('a server with a limit', () => {
  const rate: Limit = { kind: 'rate', rate: 10, burst: 2, beyond: 'REFUSED' };
  const inWork: Limit = { kind: 'in work', count: 2, beyond: 'SERVFAIL' };

  it('answers a burst, and then as many as its rate', async () => {
    const { askAll, wait } = openServer({ limit: rate });
    expect(askAll()).toEqual([truths[0], truths[1], 'REFUSED']);
    await wait(100);
    expect(askAll()).toEqual([truths[0], 'REFUSED', 'REFUSED']);
    await wait(99);
    expect(askAll()).toEqual(refusals);
    await wait(10_000);
    expect(askAll()).toEqual([truths[0], truths[1], 'REFUSED']);
  });

  it('drops what exceeds it, or fails for it, at once', () => {
    expect(openServer({ limit: { ...rate, beyond: 'drop' } }).askAll()[2]).toBe(undefined);
    expect(openServer({ limit: { ...rate, beyond: 'SERVFAIL' }, work: 30 }).askAll()).toEqual([
      undefined,
      undefined,
      'SERVFAIL',
    ]);
  });

  it('answers as many at a time as it can work on', async () => {
    const { askAll, wait, replies } = openServer({ limit: inWork, work: 30 });
    expect(askAll()).toEqual([undefined, undefined, 'SERVFAIL']);
    await wait(30);
    expect(replies).toHaveLength(3);
    expect(askAll()).toEqual([undefined, undefined, 'SERVFAIL']);
  });
});

describe('a server with a fault', () => {
  it('has it from its beginning until before its end', async () => {
    const { ask, wait } = openServer({ faults: [{ kind: 'REFUSED', from: 10, to: 20 }] });
    const replies: (string | undefined)[] = [];
    for (const pause of [9, 1, 9, 1]) {
      await wait(pause);
      replies.push(ask('n1-l.dev'));
    }
    expect(replies).toEqual([truths[0], 'REFUSED', 'REFUSED', truths[0]]);
  });

  it('treats names as the fault says', () => {
    const during = (kind: NonNullable<ServerSketch['faults']>[number]['kind']) =>
      openServer({ faults: [{ kind, from: 0, to: 1 }] });
    expect(during('silent').askAll()).toEqual(noReplies);
    expect(during('restart').askAll()).toEqual(noReplies);
    expect(during('SERVFAIL').askAll()).toEqual(failures);
    expect(during('denies all').askAll()).toEqual(denials);
    expect(during('answers all').askAll()).toEqual(addresses);
  });

  it('is away only while it restarts', async () => {
    const { server, wait } = openServer({ faults: [{ kind: 'restart', from: 10, to: 20 }] });
    expect(server.isAway()).toBe(false);
    await wait(10);
    expect(server.isAway()).toBe(true);
    await wait(10);
    expect(server.isAway()).toBe(false);
  });
});

describe('a server that lies', () => {
  const denying = () => openServer({ faults: [{ kind: 'denies all', from: 0, to: 10 }] });
  const lieOf = ({ server }: ReturnType<typeof openServer>) => {
    const [{ names, canaries } = { names: [], canaries: [] }] = server.lies;
    return { names: [...names], canaries: [...canaries] };
  };

  it('records the names that met the lie', async () => {
    const line = denying();
    line.ask('n1-l.dev');
    await line.wait(10);
    line.ask('n2-l.dev');
    expect(lieOf(line)).toEqual({ names: ['n1-l.dev'], canaries: [] });
  });

  it('records the suffixes of canaries that show the lie: one that exists if all is denied, a random one if all is answered', () => {
    const random = 'uaq76itxn7opuaq76itxn7op.dev';
    const denier = denying();
    denier.ask(random);
    expect(lieOf(denier).canaries).toEqual([]);
    denier.ask('nic.com');
    denier.ask('n.com', 'NS');
    denier.ask('dev', 'NS');
    expect(lieOf(denier).canaries).toEqual(['com', 'dev']);
    const answerer = openServer({ faults: [{ kind: 'answers all', from: 0, to: 10 }] });
    answerer.ask('dev', 'NS');
    expect(lieOf(answerer).canaries).toEqual([]);
    answerer.ask(random);
    expect(lieOf(answerer).canaries).toEqual(['dev']);
  });

  it('does not record a canary that was answered before', () => {
    const line = openServer({ faults: [{ kind: 'denies all', from: 10, to: 20 }] });
    line.ask('dev', 'NS');
    return line.wait(10).then(() => {
      line.ask('dev', 'NS');
      expect(lieOf(line).canaries).toEqual([]);
    });
  });
});

describe('a server whose replies do not fit into a datagram', () => {
  it('truncates them, except on connections', () => {
    const { ask } = openServer({ truncated: 1 });
    expect(ask('n1-l.dev')).toBe('NOERROR truncated');
    expect(ask('n1-l.dev', 'A', true)).toBe(truths[0]);
  });

  it('truncates as many as the world says', () => {
    const { ask } = openServer({ truncated: 0.2 });
    const replies = Array.from({ length: 1000 }, () => ask('n1-l.dev'));
    const count = replies.filter((reply) => reply === 'NOERROR truncated').length;
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(250);
  });

  it('does not truncate refusals', () => {
    expect(openServer({ truncated: 1, character: 'refuses all' }).askAll()).toEqual(refusals);
  });
});
