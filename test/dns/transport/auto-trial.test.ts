import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Contender, openTrial, type TrialPlan } from '../../../src/dns/transport/auto-trial.js';

const plan: TrialPlan = {
  rounds: [
    { over: 'udp', untimed: 2, timed: 3 },
    { over: 'tcp', untimed: 4, timed: 5 },
    { over: 'udp', untimed: 4, timed: 5 },
  ],
  grace: 60_000,
  repeatAfter: 10,
};
const idle = 0.2;
const busy = 0.9;

/** Opens a trial on a clock of its own, in a process that is busy for the given share of the time. */
function start({ utilization = idle, grace = plan.grace, stalled = () => {} } = {}) {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  const eventLoop = vi
    .spyOn(performance, 'eventLoopUtilization')
    .mockReturnValue({ idle: 0, active: 0, utilization });
  const trial = openTrial(stalled, { ...plan, grace });
  onTestFinished(() => {
    clock.mockRestore();
    eventLoop.mockRestore();
    trial.close();
  });
  /** Counts replies, each of which takes a number of milliseconds. */
  const reply = (over: Contender, count: number, timePerReply = 1) => {
    for (let index = 0; index < count; index++) {
      now += timePerReply;
      trial.countReply(over);
    }
  };
  return { trial, reply };
}

describe('a trial of UDP against TCP', () => {
  it('runs over UDP, over TCP and over UDP again', () => {
    const { trial, reply } = start();
    reply('udp', 4);
    expect(trial.current).toBe('udp');
    reply('udp', 1);
    expect(trial.current).toBe('tcp');
    reply('tcp', 8);
    expect(trial.current).toBe('tcp');
    reply('tcp', 1);
    expect(trial.current).toBe('udp');
    reply('udp', 8);
    expect(trial.running).toBe(true);
    reply('udp', 1);
    expect(trial.running).toBe(false);
  });

  it.each([
    ['tcp', 1, 2],
    ['udp', 2, 1],
    ['tcp', 1, 1],
  ] as const)('chooses %s if a reply takes %i ms over TCP and %i ms over UDP', (result, tcp, udp) => {
    const { trial, reply } = start();
    reply('udp', 5);
    reply('tcp', 4, 100);
    reply('tcp', 5, tcp);
    reply('udp', 4, 100);
    reply('udp', 5, udp);
    expect([trial.running, trial.current]).toEqual([false, result]);
  });

  it('compares again after many replies, in case a busy moment was decisive, and then more and more rarely', () => {
    const { trial, reply } = start();
    reply('udp', 5);
    reply('tcp', 9, 2);
    reply('udp', 9, 1);
    reply('udp', 9);
    expect([trial.running, trial.current]).toEqual([false, 'udp']);
    reply('udp', 1);
    expect([trial.running, trial.current]).toEqual([true, 'tcp']);
    reply('tcp', 9, 1);
    reply('udp', 9, 2);
    expect([trial.running, trial.current]).toEqual([false, 'tcp']);
    reply('tcp', 39);
    expect(trial.running).toBe(false);
    reply('tcp', 1);
    expect([trial.running, trial.current]).toEqual([true, 'tcp']);
  });

  it('does not compare again after TCP was of no use', () => {
    const { trial, reply } = start();
    trial.decide('udp');
    reply('udp', 1000);
    expect(trial.running).toBe(false);
  });

  it('chooses TCP without a second round over UDP if the process is busy over TCP', () => {
    const { trial, reply } = start({ utilization: busy });
    reply('udp', 5);
    reply('tcp', 9);
    expect([trial.running, trial.current]).toEqual([false, 'tcp']);
  });

  it('chooses UDP without a round over TCP if a tenth of the queries is lost again and again', () => {
    const { trial, reply } = start();
    for (let round = 0; round < 4; round++) {
      expect(trial.running).toBe(true);
      trial.countLoss();
      reply('udp', 5);
    }
    expect([trial.running, trial.current]).toEqual([false, 'udp']);
  });

  it('goes on if only the first round lost a tenth of the queries', () => {
    const { trial, reply } = start();
    trial.countLoss();
    reply('udp', 5);
    expect(trial.current).toBe('udp');
    reply('udp', 5);
    expect(trial.current).toBe('tcp');
  });

  it('does not take a query for lost whose reply comes late', () => {
    const { trial, reply } = start();
    trial.countLoss();
    trial.countLateReply();
    reply('udp', 5);
    expect([trial.running, trial.current]).toEqual([true, 'tcp']);
  });

  it('ignores replies that come over the other transport', () => {
    const { trial, reply } = start();
    reply('tcp', 20);
    expect(trial.current).toBe('udp');
    reply('udp', 5);
    reply('udp', 20);
    expect([trial.running, trial.current]).toEqual([true, 'tcp']);
  });

  it('chooses UDP if TCP takes too long to warm up', async () => {
    const stalled = vi.fn();
    const { trial, reply } = start({ grace: 1, stalled });
    reply('udp', 5);
    await vi.waitFor(() => expect(stalled).toHaveBeenCalledOnce());
    expect([trial.running, trial.current]).toEqual([false, 'udp']);
  });

  it('can be overruled after it has ended', () => {
    const { trial, reply } = start({ utilization: busy });
    reply('udp', 5);
    reply('tcp', 9);
    trial.decide('udp');
    reply('udp', 20);
    expect([trial.running, trial.current]).toEqual([false, 'udp']);
  });
});
