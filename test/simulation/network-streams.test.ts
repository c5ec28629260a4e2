import { describe, expect, it } from 'vitest';
import { answer, openLine, segment } from './open-line.js';

describe('a simulated stream', () => {
  const away = { line: { delay: 10 } };

  it('gets replies a round trip after it is established, which takes a round trip', async () => {
    const line = openLine(away);
    line.connect().write(segment(2));
    await line.wait(100);
    expect(line.server.arrivals.map(({ time }) => time)).toEqual([30, 30]);
    expect(line.received).toEqual([`40 ${answer}`, `40 ${answer}`]);
  });

  it('sends what is lost again, after 200 ms and in order', async () => {
    const line = openLine({ line: { delay: 10, loss: 0.3 } });
    const stream = line.connect();
    await line.wait(5000);
    const names = Array.from({ length: 50 }, (_, index) => `n${index}-a.dev`);
    for (const name of names) stream.write(segment(1, { name, type: 'A' }));
    await line.wait(5000);
    expect(line.server.arrivals.map(({ name }) => name)).toEqual(names);
    const times = line.server.arrivals.map(({ time }) => time);
    expect(times.map((time) => (time - 5010) % 200)).toEqual(Array(50).fill(0));
    expect(times.at(-1)).toBeGreaterThan(5200);
    expect(line.received).toHaveLength(50);
  });

  it('ends before it is established if the server refuses it', async () => {
    for (const sketch of [{ tcp: { kind: 'refused' } }, { character: 'nothing listens' }] as const) {
      const line = openLine({ ...away, ...sketch });
      line.connect().write(segment(1));
      await line.wait(100);
      expect(line.received).toEqual(['20 ECONNREFUSED before it was established']);
      expect(line.server.arrivals).toEqual([]);
    }
  });

  it('gets nothing from a server that hangs', async () => {
    const line = openLine({ ...away, tcp: { kind: 'hangs' } });
    line.connect().write(segment(1));
    await line.wait(10_000);
    expect(line.received).toEqual([]);
  });

  it('is closed by a server after as many replies as it gives', async () => {
    const line = openLine({ ...away, tcp: { kind: 'closes', after: 2 } });
    line.connect().write(segment(3));
    await line.wait(100);
    expect(line.received).toEqual([`40 ${answer}`, `40 ${answer}`, '40 closed after it was established']);
    expect(line.network.open()).toBe(2);
  });

  it('gets nothing more from a server that falls silent', async () => {
    const line = openLine({ ...away, tcp: { kind: 'falls silent', after: 1 } });
    const stream = line.connect();
    stream.write(segment(2));
    await line.wait(100);
    stream.write(segment(1));
    await line.wait(10_000);
    expect(line.received).toEqual([`40 ${answer}`]);
  });

  it('gets a reply to the first query of each segment if the server reads no others', async () => {
    const line = openLine({ ...away, tcp: { kind: 'first of segment' } });
    const stream = line.connect();
    stream.write(segment(3));
    await line.wait(100);
    stream.write(segment(2));
    await line.wait(100);
    expect(line.received).toEqual([`40 ${answer}`, `120 ${answer}`]);
  });

  it('is closed if a segment arrives while the server restarts', async () => {
    const line = openLine({ ...away, faults: [{ kind: 'restart', from: 50, to: 60 }] });
    const stream = line.connect();
    stream.write(segment(1));
    await line.wait(45);
    stream.write(segment(1));
    await line.wait(100);
    expect(line.received).toEqual([`40 ${answer}`, '65 closed after it was established']);
  });

  it('is not truncated', async () => {
    const line = openLine({ ...away, truncated: 1 });
    line.connect().write(segment(1));
    line.send();
    await line.wait(100);
    expect(line.received).toEqual(['20 NOERROR truncated', `40 ${answer}`]);
  });

  it('ends at the end of the turn in which it is destroyed, and gets nothing after that', async () => {
    const line = openLine(away);
    const stream = line.connect();
    stream.write(segment(1));
    await line.wait(35);
    expect(line.network.open()).toBe(3);
    stream.destroy();
    expect(line.received).toEqual([]);
    await line.wait(100);
    expect(line.received).toEqual(['35 closed after it was established']);
    expect(line.network.open()).toBe(2);
  });
});
