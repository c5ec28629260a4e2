import { describe, expect, it } from 'vitest';
import { address, answer, openLine, port, query } from './open-line.js';

describe('a simulated datagram socket', () => {
  it('gets a reply after the delay there and back', async () => {
    const line = openLine({ line: { delay: 10 } });
    line.send();
    line.sendUnconnected();
    await line.wait(100);
    expect(line.server.arrivals.map(({ time }) => time)).toEqual([10, 10]);
    expect(line.received).toEqual([`20 ${answer}`, `20 ${answer}`]);
  });

  it('gets replies later by up to the jitter, each way, and in another order', async () => {
    const line = openLine({ line: { delay: 10, jitter: 10 } });
    const sent = Array.from({ length: 100 }, (_, index) => index);
    const received: number[] = [];
    for (const index of sent)
      line.network
        .connectDatagram(address, port, { message: () => received.push(index), failed: () => {} })
        .send(query, () => {});
    await line.wait(100);
    const times = line.server.arrivals.map(({ time }) => time);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...times)).toBeLessThan(20);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(8);
    expect(received).not.toEqual(sent);
    expect(received.toSorted((one, other) => one - other)).toEqual(sent);
  });

  it('loses the share of datagrams that the world says, each way', async () => {
    const line = openLine({ line: { loss: 0.2 } });
    for (let count = 0; count < 1000; count++) line.send();
    await line.wait(100);
    expect(Math.abs(line.server.arrivals.length - 800)).toBeLessThan(40);
    expect(Math.abs(line.received.length - 640)).toBeLessThan(50);
    const dead = openLine({ line: { loss: 1 } });
    dead.send();
    await dead.wait(100);
    expect(dead.server.arrivals).toEqual([]);
  });

  it('gets datagrams twice, each way', async () => {
    const line = openLine({ line: { delay: 10, duplicates: 1 } });
    line.send();
    await line.wait(100);
    expect(line.server.arrivals).toHaveLength(2);
    expect(line.received).toHaveLength(4);
  });

  it('is told that nothing listens if it is connected', async () => {
    const line = openLine({ character: 'nothing listens', line: { delay: 10 } });
    line.send();
    line.sendUnconnected();
    await line.wait(100);
    expect(line.received).toEqual(['20 ECONNREFUSED']);
  });

  it('gets nothing after it has been closed', async () => {
    const line = openLine();
    line.send();
    line.sendUnconnected();
    line.close();
    line.closeUnconnected();
    await line.wait(100);
    expect(line.server.arrivals).toHaveLength(2);
    expect(line.received).toEqual([]);
  });

  it('counts as open until it is closed', () => {
    const line = openLine();
    expect(line.network.open()).toBe(2);
    line.close();
    line.close();
    line.closeUnconnected();
    line.closeUnconnected();
    expect(line.network.open()).toBe(0);
  });
});
