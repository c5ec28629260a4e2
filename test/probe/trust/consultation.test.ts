import { describe, expect, it } from 'vitest';
import { createConsultation } from '../../../src/probe/trust/consultation.js';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { createKnownServer, type Standing } from '../../../src/probe/trust/standing.js';
import { createSuffix, standingOf } from '../../../src/probe/trust/suffix.js';
import type { Witness } from '../../../src/probe/trust/witness.js';
import { createSeededRandom } from '../../simulation/random.js';
import { witnessWith } from './standings.js';

/** Consults some servers, whose witnesses come back right but for the changes by their numbers. */
function consultationOf(count: number, changes: Readonly<Record<number, Partial<Witness>>> = {}) {
  const servers = Array.from({ length: count }, (_, index) => createKnownServer(String(index)));
  const tested: string[] = [];
  const askedRoot: string[] = [];
  const notes: string[] = [];
  const pauses: number[] = [];
  const consultation = createConsultation({
    random: createSeededRandom(1),
    sleeper: { sleep: async (milliseconds) => void pauses.push(milliseconds) },
    servers,
    testing: {
      async test({ server, epoch, suffixName }: Standing) {
        tested.push(`${server.url} ${suffixName}`);
        takeWitness(epoch, witnessWith(changes[Number(server.url)]));
      },
    },
    canaries: {
      async askRoot(server) {
        askedRoot.push(server.url);
        server.knowsRoot = false;
      },
    },
    noteServer: (message) => notes.push(message),
  });
  const suffixNamed = (name: string) => createSuffix(name, servers, () => {});
  return { consultation, servers, suffixNamed, tested, askedRoot, notes, pauses };
}

describe('a consultation', () => {
  it('tests the servers that have not been asked about a suffix, once', async () => {
    const { consultation, servers, suffixNamed, tested } = consultationOf(3);
    const suffix = suffixNamed('dev');
    for (const server of servers.slice(0, 1)) standingOf(suffix, server);
    await consultation.consult(suffix);
    await consultation.consult(suffix);
    expect(tested).toEqual(['1 dev', '2 dev']);
  });

  it('tests some of many servers, and begins with others for the next suffix', async () => {
    const { consultation, suffixNamed, tested } = consultationOf(20);
    await consultation.consult(suffixNamed('dev'));
    await consultation.consult(suffixNamed('com'));
    const numbers = Array.from({ length: 12 }, (_, index) => `${index} ${index < 6 ? 'dev' : 'com'}`);
    expect(tested).toEqual(numbers);
  });

  it('asks for the root only if somebody denies the suffix', async () => {
    const right = consultationOf(2);
    await right.consultation.consult(right.suffixNamed('dev'));
    expect(right.askedRoot).toEqual([]);
    const denying = consultationOf(2, { 1: { suffix: 'denied' } });
    await denying.consultation.consult(denying.suffixNamed('dev'));
    expect(denying.askedRoot).toEqual(['0', '1']);
  });

  it('asks no server for the root that has not been heard, or that has said that it does not tell', async () => {
    const { consultation, servers, suffixNamed, askedRoot } = consultationOf(3);
    const suffix = suffixNamed('dev');
    const [denier, silent] = servers;
    for (const server of servers) standingOf(suffix, server);
    for (const server of [denier, silent])
      if (server) takeWitness(standingOf(suffix, server).epoch, witnessWith({ suffix: 'denied' }));
    Object.assign(silent ?? {}, { rootFailure: 'REFUSED' });
    expect(consultation.areRootsKnown(suffix)).toBe(false);
    await consultation.consult(suffix);
    expect(askedRoot).toEqual(['0']);
    expect(consultation.areRootsKnown(suffix)).toBe(true);
  });

  it('sets a server aside that lies beside an honest one, and notes it once', async () => {
    const { consultation, servers, suffixNamed, notes } = consultationOf(2, { 1: { random: 'exists' } });
    const suffix = suffixNamed('dev');
    await consultation.consult(suffix);
    consultation.choose(suffix);
    const lie = 'answers for names under .dev that do not exist';
    expect(servers.map((server) => server.lie)).toEqual([undefined, lie]);
    expect(notes).toEqual([`1 ${lie}; it will not be asked again`]);
    expect([...suffix.avoid]).toEqual(['1']);
  });

  it('sets no server aside if none is good', async () => {
    const { consultation, servers, suffixNamed } = consultationOf(2, {
      0: { random: 'exists' },
      1: { random: 'exists' },
    });
    await consultation.consult(suffixNamed('dev'));
    expect(servers.map((server) => server.lie)).toEqual([undefined, undefined]);
  });

  it('sets no server aside in a dispute', async () => {
    const { consultation, servers, suffixNamed } = consultationOf(3, {
      1: { suffix: 'denied' },
      2: { random: 'exists' },
    });
    for (const server of servers) server.knowsRoot = true;
    await consultation.consult(suffixNamed('example'));
    expect(servers.map((server) => server.lie)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a server that has changed its mind', () => {
  it('is tested after a pause, which all names of the suffix wait for', async () => {
    const { consultation, servers, suffixNamed, tested, pauses } = consultationOf(1);
    const suffix = suffixNamed('dev');
    const [server = createKnownServer('')] = servers;
    const standing = standingOf(suffix, server);
    takeWitness(standing.epoch, witnessWith());
    takeWitness(standing.epoch, witnessWith({ suffix: 'denied' }));
    const recovery = consultation.recover(suffix, standing);
    expect(consultation.recover(suffix, standing)).toBe(recovery);
    expect(suffix.recovery).toBe(recovery);
    await recovery;
    expect(suffix.recovery).toBeUndefined();
    expect(tested).toEqual(['0 dev']);
    // The first pause is 50 ms, with jitter of half of that.
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeGreaterThanOrEqual(25);
    expect(pauses[0]).toBeLessThanOrEqual(75);
  });
});
