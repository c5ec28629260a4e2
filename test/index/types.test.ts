import { describe, expectTypeOf, it } from 'vitest';
import type { ProbeOptions, ProbeResult, probe, probeAll, Registration, Status } from '../../src/index.js';

// The compiler checks these types; running the tests shows nothing.

describe('the public types', () => {
  it('give a result one of the statuses', () => {
    expectTypeOf<Status>().toEqualTypeOf<'live' | 'taken' | 'absent' | 'unregistered' | 'unknown'>();
    expectTypeOf<ProbeResult['status']>().toEqualTypeOf<Status>();
  });

  it('give every unknown result a reason', () => {
    type With<S extends Status> = Extract<ProbeResult, { status: S }>;
    expectTypeOf<With<'unknown'>['reason']>().toEqualTypeOf<string>();
    expectTypeOf<With<'live'>['reason']>().toEqualTypeOf<string | undefined>();
    const reasonOf = (result: ProbeResult): string =>
      result.status === 'unknown' ? result.reason : (result.reason ?? result.status);
    expectTypeOf(reasonOf).returns.toEqualTypeOf<string>();
  });

  it('give a result the fields of the JSON format', () => {
    expectTypeOf<ProbeResult['name' | 'word' | 'tld']>().toEqualTypeOf<string>();
    expectTypeOf<ProbeResult['unicode' | 'rcode' | 'server']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ProbeResult['addresses' | 'evidence']>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<ProbeResult['tries' | 'ms']>().toEqualTypeOf<number>();
  });

  it('give a result the registration, whose parts may all be missing', () => {
    expectTypeOf<ProbeResult>().toExtend<Registration>();
    expectTypeOf<ProbeResult['registrar' | 'created' | 'expires']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ProbeResult['statuses']>().toEqualTypeOf<readonly string[] | undefined>();
  });

  it('let probe take a name, probeAll any iterable of names, and both the options', () => {
    expectTypeOf<typeof probe>().toEqualTypeOf<
      (name: string, options?: ProbeOptions) => Promise<ProbeResult>
    >();
    expectTypeOf<Parameters<typeof probeAll>[0]>().toEqualTypeOf<Iterable<string> | AsyncIterable<string>>();
    expectTypeOf<ReturnType<typeof probeAll>>().toExtend<AsyncIterable<ProbeResult>>();
    expectTypeOf<ProbeOptions>().toEqualTypeOf<{
      readonly servers?: readonly string[];
      readonly concurrency?: number;
      readonly timeout?: number;
      readonly tries?: number;
      readonly canary?: boolean;
      readonly forSale?: boolean;
      readonly confirm?: boolean | 'all';
      readonly rdapBootstrap?: string;
      readonly signal?: AbortSignal;
    }>();
  });
});
