import { describe, expect, test } from 'vitest';
import { longestTrialPauseMs } from '../../../core/health/recovery-prober.ts';
import { error, HealthFixture, ips } from '../../support/health-fixture.ts';

const [one = '', two = '', three = ''] = ips(4);

function hostOf(count: number, change = {}): HealthFixture {
  return new HealthFixture(change).resolve('a.test', ips(count));
}

/** Jitter included. */
const firstBackOffMs = 33_000;

describe('an ejected IP', () => {
  test('is probed when its back-off ends, and whole after healthy_after good looks: on the white list, and counted', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    const { ejectedUntilMs } = fixture.record(one);
    await fixture.clock.advance(ejectedUntilMs);
    expect(fixture.probes).toEqual([{ ip: one, atMs: ejectedUntilMs }]);
    expect(fixture.record(one)).toMatchObject({ phase: 'probing', standing: 'trial', goodProbes: 1 });
    expect(fixture.lists.whitelistMoves).toBe(0);
    await fixture.clock.advance(1_500);
    expect(fixture.probes).toHaveLength(2);
    expect(fixture.record(one)).toMatchObject({ phase: 'in-use', standing: 'open', nextProbeMs: null });
    expect(fixture.lists.verdict(one)).toMatchObject({ allowed: true, list: 'white' });
    expect(fixture.lists.whitelistMoves).toBe(1);
    expect(fixture.ofKind('health.recovered')).toHaveLength(1);
    await fixture.clock.advance(3_600_000);
    expect(fixture.probes).toHaveLength(2);
    await fixture.close();
  });

  test('is probed each blacklist_check_interval before that; a failed early probe costs it nothing', async () => {
    const fixture = hostOf(4, { pool: { blacklistCheckIntervalMs: 10_000 }, health: { ejectBaseMs: 100_000 } });
    fixture.ailing.set(one, 'blocked');
    fixture.fail(one, 'blocked');
    const { ejectedUntilMs } = fixture.record(one);
    await fixture.clock.advance(25_000);
    expect(fixture.probes.map(({ atMs }) => atMs)).toEqual([10_000, 20_000]);
    expect(fixture.record(one)).toMatchObject({ phase: 'ejected', ejections: 1, ejectedUntilMs });
    fixture.ailing.clear();
    await fixture.clock.advance(10_000);
    expect(fixture.record(one).phase).toBe('in-use');
    expect(fixture.clock.monotonicMs()).toBeLessThan(ejectedUntilMs);
    await fixture.close();
  });

  test('is away for longer when its trial fails, also at the second look', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    const { ejectedUntilMs } = fixture.record(one);
    await fixture.clock.advance(ejectedUntilMs);
    expect(fixture.record(one).goodProbes).toBe(1);
    fixture.ailing.set(one, 'timeout-tcp');
    await fixture.clock.advance(1_500);
    expect(fixture.record(one)).toMatchObject({ phase: 'ejected', standing: 'barred', ejections: 2, goodProbes: 0 });
    expect(fixture.lists.automaticBan(one)).not.toBeNull();
    expect(fixture.record(one).ejectedUntilMs - fixture.clock.monotonicMs()).toBeGreaterThan(50_000);
    await fixture.close();
  });

  test('becomes whole by a request on its trial connection as well as by a probe', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(fixture.record(one).ejectedUntilMs);
    expect(fixture.record(one).goodProbes).toBe(1);
    fixture.of(one).requested({ end: 'good', status: 200, responseMs: 5, error: null, retryAfterMs: null });
    expect(fixture.record(one).standing).toBe('open');
    await fixture.clock.advance(60_000);
    expect(fixture.probes).toHaveLength(1);
    await fixture.close();
  });

  test('needs as many good looks as healthy_after says now', async () => {
    const fixture = hostOf(4);
    fixture.configure({ health: { healthyAfter: 4 } });
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(firstBackOffMs + 10_000);
    expect(fixture.probes).toHaveLength(4);
    expect(fixture.record(one).phase).toBe('in-use');
    await fixture.close();
  });

  test('is looked at later when this machine has no room for a probe, and that is not held against it', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    fixture.ailing.set(one, 'no-room');
    await fixture.clock.advance(firstBackOffMs + 20_000);
    expect(fixture.probes.length).toBeGreaterThan(2);
    expect(fixture.record(one)).toMatchObject({ phase: 'probing', ejections: 1 });
    fixture.ailing.clear();
    await fixture.clock.advance(10_000);
    expect(fixture.record(one).phase).toBe('in-use');
    await fixture.close();
  });

  test('is probed at once when the operator asks for it', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    expect(fixture.of(one).probeNow()).toBe(true);
    await fixture.clock.advance(1_500);
    expect(fixture.record(one).phase).toBe('in-use');
    expect(fixture.of(one).probeNow()).toBe(false);
    expect(fixture.of(two).probeNow()).toBe(false);
    await fixture.close();
  });

  test.each([1, 2, 6])('is back by the time that its %i looks lie apart at most', async (healthyAfter) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const fixture = new HealthFixture({ health: { healthyAfter } }, seed).resolve('a.test', ips(4));
      fixture.fail(one, 'blocked');
      fixture.of(one).probeNow();
      await fixture.clock.advance(longestTrialPauseMs(healthyAfter));
      expect(fixture.record(one).standing).toBe('open');
      await fixture.close();
    }
  });

  test('stays ejected when a jump of the clock takes its entry off the list, and comes back by its probes', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    fixture.clock.jump(3_600_000);
    await fixture.clock.advance(20_000);
    fixture.succeed(two);
    await fixture.clock.advance(100);
    expect(fixture.record(one).standing).toBe('barred');
    await fixture.clock.advance(15_000);
    expect(fixture.record(one).phase).toBe('in-use');
    expect(fixture.ofKind('health.released')).toEqual([]);
    await fixture.close();
  });

  test('that leaves its host is neither probed any more nor held out of use', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    fixture.resolve('a.test', [two, three]);
    expect(fixture.record(one)).toMatchObject({ phase: 'in-use', standing: 'open' });
    await fixture.clock.advance(3_600_000);
    expect(fixture.probes).toEqual([]);
    await fixture.close();
  });

  test('that serves two hosts is readmitted when it is well for both', async () => {
    const fixture = hostOf(4).resolve('b.test', ips(4));
    fixture.fail(one, 'blocked', 1, 'a.test');
    await fixture.clock.advance(10_000);
    fixture.fail(one, 'blocked', 1, 'b.test');
    await fixture.clock.advance(26_000);
    expect(fixture.record(one, 'a.test').phase).toBe('in-use');
    expect(fixture.lists.automaticBan(one)).not.toBeNull();
    await fixture.clock.advance(20_000);
    expect(fixture.record(one, 'b.test').phase).toBe('in-use');
    expect(fixture.lists.verdict(one).list).toBe('white');
    expect(fixture.lists.whitelistMoves).toBe(1);
    await fixture.close();
  });
});

describe('probes', () => {
  test('of IPs that hang delay no other', async () => {
    const count = 20;
    const fixture = hostOf(2 * count, { health: { checkConcurrency: 8 } });
    for (const ip of ips(count)) {
      fixture.fail(ip, 'blocked');
    }
    for (const ip of ips(7)) {
      fixture.ailing.set(ip, 'hang');
    }
    await fixture.clock.advance(firstBackOffMs + 5_000);
    const back = ips(count).filter((ip) => fixture.record(ip).phase === 'in-use');
    expect(back).toEqual(ips(count - 7, 8));
    expect(ips(7).every((ip) => fixture.record(ip).phase === 'probing')).toBe(true);
    await fixture.close();
  });

  test('are at most as many at a time as check_concurrency says', async () => {
    const fixture = hostOf(40, { health: { checkConcurrency: 3 } });
    for (const ip of ips(20)) {
      fixture.fail(ip, 'blocked');
      fixture.ailing.set(ip, 'hang');
    }
    await fixture.clock.advance(firstBackOffMs);
    expect(fixture.probes).toHaveLength(3);
    fixture.configure({ health: { checkConcurrency: 5 } });
    await fixture.clock.advance(0);
    expect(fixture.probes).toHaveLength(5);
    await fixture.close();
  });

  test('of IPs that were ejected together are spread', async () => {
    const fixture = hostOf(100);
    for (const ip of ips(50)) {
      fixture.fail(ip, 'blocked');
    }
    await fixture.clock.advance(firstBackOffMs);
    const first = new Set(fixture.probes.map(({ atMs }) => Math.round(atMs / 100)));
    expect(first.size).toBeGreaterThan(20);
    await fixture.close();
  });

  test('leave no timer behind', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked');
    await fixture.close();
    expect(fixture.clock.timers).toBe(0);
  });
});

describe('what a request tells', () => {
  const answer = (status: number) => ({ end: 'bad', status, responseMs: 5, error: null, retryAfterMs: null }) as const;

  test('broken requests count in a row, a peer that closed as it may does not', () => {
    const fixture = hostOf(4);
    const broken = (code: string) =>
      fixture.of(one).requested({
        end: 'broken',
        status: null,
        responseMs: 5,
        error: Object.assign(new Error(code), { code }),
        retryAfterMs: null,
      });
    broken('UND_ERR_SOCKET');
    broken('UND_ERR_SOCKET');
    broken('UND_ERR_SOCKET');
    expect(fixture.record(one).consecutiveFailures).toBe(0);
    broken('UND_ERR_HEADERS_TIMEOUT');
    broken('ECONNRESET');
    broken('UND_ERR_HEADERS_TIMEOUT');
    expect(fixture.record(one).standing).toBe('barred');
  });

  test('three times busy ejects; a 404 is an answer like any other', () => {
    const fixture = hostOf(4);
    fixture.of(one).requested(answer(503));
    fixture.of(one).requested(answer(429));
    fixture.of(one).requested(answer(404));
    expect(fixture.record(one).consecutiveFailures).toBe(0);
    for (let time = 0; time < 3; time += 1) {
      fixture.of(one).requested(answer(503));
    }
    expect(fixture.record(one).standing).toBe('barred');
  });

  test('a 403 of a caller ejects nobody, but has the path of the host asked for, once in ten seconds', async () => {
    const fixture = hostOf(4);
    const asked = [403, 403, 401].map((status) => fixture.of(one).requested(answer(status)));
    expect(asked).toEqual([true, false, false]);
    expect(fixture.of(two).requested(answer(403))).toBe(true);
    expect(fixture.record(one).standing).toBe('open');
    await fixture.clock.advance(10_000);
    expect(fixture.of(one).requested(answer(403))).toBe(true);
    await fixture.close();
  });

  test('a 403 that was confirmed is doubted at once when it comes back, however soon', async () => {
    const fixture = hostOf(4, { health: { ejectBaseMs: 1_000, healthyAfter: 1 } });
    expect(fixture.of(one).requested(answer(403))).toBe(true);
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(3_000);
    expect(fixture.of(one).standing).toBe('open');
    expect(fixture.of(one).requested(answer(403))).toBe(true);
    await fixture.close();
  });
});

describe('Retry-After of a trial', () => {
  test('is waited for', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'busy', 2);
    fixture.of(one).failed(error('busy', 50_000, '503'));
    await fixture.clock.advance(49_999);
    expect(fixture.probes).toEqual([]);
    await fixture.clock.advance(1);
    expect(fixture.probes).toHaveLength(1);
    await fixture.close();
  });
});
