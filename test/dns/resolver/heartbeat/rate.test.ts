import { describe, expect, it } from 'vitest';
import { urlOf } from '../fakes.js';
import { silentServers } from '../silent-servers.js';

describe('heartbeats in a run with a rate', () => {
  /** Opens a run that allows ten queries a second, and takes its first token. */
  function limited(count: number) {
    const fakes = silentServers({ count, rate: 10 });
    fakes.run.limiter.tryTake();
    let names = 0;
    const sender = {
      hasPriority: () => false,
      dispatch() {
        if (fakes.run.limiter.tryTake()) names++;
        fakes.run.limiter.wait(sender);
      },
    };
    return {
      ...fakes,
      /** Lets names wait for tokens all the time. */
      sendNames: () => fakes.run.limiter.wait(sender),
      names: () => names,
      urls: () => fakes.sent().map(({ url }) => url),
      /** Lets time pass, and sends the heartbeats that are due every 10 ms. */
      async beatFor(milliseconds: number) {
        for (let passed = 0; passed < milliseconds; passed += 10) {
          fakes.send();
          await fakes.pass(10);
        }
      },
    };
  }

  it('wait for a token, and go to the servers in turn', async () => {
    const { beatFor, urls } = limited(3);
    await beatFor(100);
    expect(urls()).toEqual([urlOf(1)]);
    await beatFor(700);
    expect(urls()).toEqual([1, 2, 3, 1, 2, 3].map(urlOf));
  });

  it('take every token if nobody else wants one', async () => {
    const { beatFor, urls } = limited(20);
    await beatFor(1010);
    expect(urls()).toHaveLength(10);
  });

  it('go before names, but take only one of ten tokens while names wait', async () => {
    const { beatFor, sendNames, urls, names } = limited(20);
    sendNames();
    await beatFor(100);
    expect([urls().length, names()]).toEqual([1, 0]);
    await beatFor(900);
    expect([urls().length, names()]).toEqual([1, 9]);
    await beatFor(100);
    expect([urls().length, names()]).toEqual([2, 9]);
  });

  it('may wait for the next token as soon as nine have gone to names', async () => {
    const { send, sendNames, urls, pass } = limited(2);
    sendNames();
    send();
    await pass(1000);
    expect(urls()).toHaveLength(1);
    send();
    await pass(100);
    expect(urls()).toHaveLength(2);
  });

  it('are not sent after the resolver is closed', async () => {
    const { heartbeats, send, sent, pass } = limited(1);
    send();
    heartbeats.close();
    await pass(1000);
    expect(sent()).toEqual([]);
  });
});
