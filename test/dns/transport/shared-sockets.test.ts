import { describe, expect, it } from 'vitest';
import { createSharedSockets } from '../../../src/dns/transport/shared-sockets.js';
import { systemError } from '../../helpers/fake-sockets.js';
import { createContext } from './played.js';

function create() {
  const { platform } = createContext();
  const events: string[] = [];
  let count = 0;
  const shared = createSharedSockets(
    'udp4',
    {
      received: (socket, _message, address, port) =>
        void events.push(`${socket} received from ${address}:${port}`),
      failed: (socket) => void events.push(`${socket} failed`),
      closed: (socket) => void events.push(`${socket} closed`),
    },
    platform,
    () => count++,
  );
  const numbers = (...places: readonly number[]) => places.map((place) => shared.next(place).number);
  const useUp = (place: number) => {
    for (let query = 0; query < 1024; query++) shared.next(place);
  };
  const at = (index: number) => platform.sockets.shared[index] ?? expect.unreachable('no such socket');
  return { ...platform, shared, events, numbers, useUp, at };
}

describe('shared sockets', () => {
  it('are 64, and are opened when they are needed', () => {
    const { numbers } = create();
    expect(numbers(0, 1, 0, 64, 65)).toEqual([0, 1, 0, 0, 1]);
  });

  it('are replaced after 1,024 queries', () => {
    const { numbers, useUp } = create();
    useUp(0);
    expect(numbers(1, 0, 0)).toEqual([1, 2, 2]);
  });

  it('are replaced after ten seconds', () => {
    const { numbers, clock } = create();
    numbers(0);
    clock.pass(10_000);
    expect(numbers(0)).toEqual([0]);
    clock.pass(1);
    expect(numbers(0)).toEqual([1]);
  });

  it('take late replies after that', () => {
    const { numbers, useUp, at, events } = create();
    useUp(0);
    numbers(0);
    at(0).events.message(Buffer.alloc(12), '192.0.2.1', 53);
    expect(events).toEqual(['0 received from 192.0.2.1:53']);
  });

  it('are closed when 64 others have been replaced after them', () => {
    const { numbers, useUp, events, at } = create();
    for (let replaced = 0; replaced < 65; replaced++) useUp(0);
    expect(events).toEqual([]);
    expect(at(0).isClosed).toBe(false);
    numbers(0);
    expect(events).toEqual(['0 closed']);
    expect(at(0).isClosed).toBe(true);
  });

  it('are opened anew after an error, which is passed on', () => {
    const { numbers, at, events } = create();
    numbers(0);
    at(0).events.failed(systemError('ENETDOWN'));
    expect(events).toEqual(['0 failed']);
    expect(numbers(0)).toEqual([1]);
  });
});
