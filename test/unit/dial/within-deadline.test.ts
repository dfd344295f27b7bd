import { describe, expect, it } from 'vitest';
import { withinDeadline } from '../../../core/dial/within-deadline.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const options = { what: 'the HEAD', timeoutMs: 5_000 };

describe('work under a deadline', () => {
  it('that throws at once is a rejection, and leaves no timer and no listener', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    let listeners = 0;
    const watched = Object.assign(signal, {
      addEventListener: () => {
        listeners += 1;
      },
      removeEventListener: () => {
        listeners -= 1;
      },
    });
    const work = withinDeadline(clock, { ...options, signal: watched }, () => {
      throw new TypeError('bad options');
    });
    await expect(work).rejects.toThrow('bad options');
    expect([clock.timers, listeners]).toEqual([0, 0]);
  });

  it('fails with what is to blame, of which it is asked once', async () => {
    const asked: unknown[] = [];
    const blame = (error: unknown): Error => {
      asked.push(error);
      return new Error('the socket broke');
    };
    const work = withinDeadline(new ManualClock(), { ...options, blame }, ({ fail }) => {
      fail('no answer');
      fail('again');
      return () => undefined;
    });
    await expect(work).rejects.toThrow('the socket broke');
    expect(asked).toEqual(['no answer']);
  });

  it('that is late is given up, with the reason that its caller hears', async () => {
    const clock = new ManualClock();
    const reasons: unknown[] = [];
    const work = withinDeadline(clock, options, () => (reason) => reasons.push(reason));
    const heard = work.catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await heard).toMatchObject({ errorClass: 'timeout-response' });
    expect(reasons).toEqual([await heard]);
  });
});
