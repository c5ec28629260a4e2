import { describe, expect, it, vi } from 'vitest';
import { lazily } from '../../../../src/dns/transport/connection/lazily.js';
import { createRecordingTransport, queryFor } from '../played.js';

function start() {
  const opened = createRecordingTransport(7);
  const open = vi.fn(() => opened);
  return { opened, open, transport: lazily(open) };
}

describe('a transport that is opened lazily', () => {
  it('is a stream that takes any number of queries until it is opened', () => {
    const { transport } = start();
    expect([transport.kind, transport.capacity(true)]).toEqual(['stream', Number.POSITIVE_INFINITY]);
  });

  it('is opened once, at the first query', () => {
    const { opened, open, transport } = start();
    const [first, second] = [queryFor('x1.dev'), queryFor('x2.dev')];
    transport.suspect(first, 0);
    transport.forget(first);
    expect(open).not.toHaveBeenCalled();
    transport.ask(first);
    transport.ask(second);
    expect(open).toHaveBeenCalledOnce();
    expect(opened.calls).toEqual(['ask x1.dev', 'ask x2.dev']);
  });

  it('passes everything on once it is open', () => {
    const { opened, transport } = start();
    const query = queryFor('x.dev');
    transport.ask(query);
    transport.suspect(query, 5);
    transport.forget(query);
    expect(opened.calls).toEqual(['ask x.dev', 'suspect x.dev of 5 ms', 'forget x.dev']);
    expect([transport.capacity(true), transport.capacity(false)]).toEqual([7, 0]);
    transport.close();
    expect(opened.isClosed).toBe(true);
  });

  it('is not opened after it has been closed', () => {
    const { open, transport } = start();
    transport.close();
    transport.ask(queryFor('x.dev'));
    expect(open).not.toHaveBeenCalled();
  });
});
