import { describe, expect, it } from 'vitest';
import { addresses, denials, noReplies, openServer, refusals, truths } from './open-server.js';

describe('an honest server', () => {
  it('tells the truth about names', () => {
    const { ask } = openServer();
    expect(ask('n1-l.dev')).toBe('NOERROR 192.0.2.1');
    expect(ask('n1-l.dev', 'AAAA')).toBe('NOERROR SOA n1-l.dev');
    expect(ask('n2-t.com')).toBe('NOERROR SOA n2-t.com');
    expect(ask('n2-t.com', 'NS')).toBe('NOERROR NS');
    expect(ask('n3-a.dev')).toBe('NXDOMAIN SOA dev');
    expect(ask('n4-s.dev')).toBe(undefined);
    expect(ask('n5-f.dev')).toBe('SERVFAIL');
  });

  it('tells the truth about what canaries ask for', () => {
    const { ask } = openServer();
    expect(ask('', 'NS')).toBe('NOERROR NS');
    expect(ask('dev', 'NS')).toBe('NOERROR NS');
    expect(ask('dev')).toBe('NOERROR SOA dev');
    expect(ask('nic.dev')).toBe('NOERROR 192.0.2.1');
    expect(ask('uaq76itxn7opuaq76itxn7op.dev')).toBe('NXDOMAIN SOA dev');
    expect(ask('n1-l.example')).toBe('NXDOMAIN SOA of the root');
  });

  it('may deny names without SOA records', () => {
    const { askAll } = openServer({ hasSoa: false });
    expect(askAll()).toEqual(['NOERROR 192.0.2.1', 'NXDOMAIN', 'NOERROR']);
  });

  it('records the queries that arrive', async () => {
    const { ask, wait, server } = openServer();
    ask('n1-l.dev');
    await wait(5);
    ask('dev', 'NS');
    expect(server.arrivals).toEqual([
      { time: 0, name: 'n1-l.dev' },
      { time: 5, name: 'dev' },
    ]);
  });

  it('may need some time for each name', async () => {
    const { ask, wait, replies, server } = openServer({ work: 30 });
    for (let index = 0; index < 100; index++) ask(`n${index}-l.dev`);
    expect(replies.length).toBe(0);
    await wait(15);
    expect(replies.length).toBeGreaterThan(50);
    expect(replies.length).toBeLessThan(100);
    await wait(15);
    expect(replies.length).toBe(100);
    expect(server.arrivals.length).toBe(100);
  });
});

describe('a server of another character', () => {
  it('treats names as its character says', () => {
    expect(openServer({ character: 'denies all' }).askAll()).toEqual(denials);
    expect(openServer({ character: 'answers all' }).askAll()).toEqual(addresses);
    expect(openServer({ character: 'refuses all' }).askAll()).toEqual(refusals);
    expect(openServer({ character: 'silent' }).askAll()).toEqual(noReplies);
    expect(openServer({ character: 'denies single labels' }).askAll()).toEqual([
      truths[0],
      truths[1],
      'NXDOMAIN',
    ]);
    expect(openServer({ character: 'refuses single labels' }).askAll()).toEqual([
      truths[0],
      truths[1],
      'REFUSED',
    ]);
  });

  it('refuses one name in three if it filters', () => {
    const { ask } = openServer({ character: 'filters' });
    expect([ask('n1-l.dev'), ask('n3-l.dev'), ask('n16-a.dev')]).toEqual([truths[0], 'REFUSED', 'REFUSED']);
  });

  it('is away if nothing listens', () => {
    expect(openServer({ character: 'nothing listens' }).server.isAway()).toBe(true);
    expect(openServer().server.isAway()).toBe(false);
  });
});
