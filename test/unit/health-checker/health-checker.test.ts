import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { HealthChecker } from '../../../core/health/health-checker.ts';
import type { Validation, ValidationVerdict } from '../../../core/health/validation.ts';
import type { CheckableConnections } from '../../../core/pool/pool-ports.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

interface FakeConnection {
  readonly ip: string;
  state: 'idle' | 'leased' | 'checking';
  touchedMs: number;
  verdict: ValidationVerdict;
  /** A check of it never ends by itself. */
  hangs: boolean;
}

/** Idle connections on a manual clock; a check takes 5 ms. */
class FakePool implements CheckableConnections {
  readonly connections = new Map<number, FakeConnection>();
  readonly checks: { id: number; atMs: number; untouchedMs: number }[] = [];
  readonly hung = new Map<number, () => void>();
  mostInFlight = 0;
  #inFlight = 0;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  add(id: number, ip: string, rest: Partial<FakeConnection> = {}): void {
    const touchedMs = this.#clock.monotonicMs();
    this.connections.set(id, { ip, state: 'idle', touchedMs, verdict: 'good', hangs: false, ...rest });
  }

  idleFor(untouchedForMs: number): readonly number[] {
    const nowMs = this.#clock.monotonicMs();
    return [...this.connections]
      .filter(([, { state, touchedMs }]) => state === 'idle' && nowMs - touchedMs >= untouchedForMs)
      .map(([id]) => id);
  }

  async check(id: number): Promise<Validation | null> {
    const connection = this.connections.get(id);
    if (connection?.state !== 'idle') {
      return null;
    }
    const nowMs = this.#clock.monotonicMs();
    this.checks.push({ id, atMs: nowMs, untouchedMs: nowMs - connection.touchedMs });
    connection.state = 'checking';
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    await new Promise<void>((resolve) => {
      if (connection.hangs) {
        this.hung.set(id, resolve);
      } else {
        this.#clock.after(5, resolve);
      }
    });
    this.#inFlight -= 1;
    connection.state = 'idle';
    connection.touchedMs = this.#clock.monotonicMs();
    const { verdict } = connection;
    return { verdict, error: null, probe: 'ping', status: null, durationMs: 5, closing: false };
  }

  closeUnhealthy(): number {
    const bad = [...this.connections].filter(([, { verdict }]) => verdict !== 'good');
    for (const [id] of bad) {
      this.connections.delete(id);
    }
    return bad.length;
  }
}

let clock: ManualClock;
let pool: FakePool;
let events: EngineEvent[];

beforeEach(() => {
  clock = new ManualClock();
  pool = new FakePool(clock);
  events = [];
});

function checkerWith(healthCheckIntervalMs = 30_000, checkConcurrency = 32): HealthChecker {
  const bus = new EventBus(clock);
  bus.subscribe((event) => events.push(event));
  return new HealthChecker({
    connections: pool,
    ipOf: (id) => pool.connections.get(id)?.ip,
    settings: { healthCheckIntervalMs, checkConcurrency },
    events: bus,
    clock,
    random: seededRandom(7),
  });
}

describe('checks by themselves', () => {
  it('checks every idle connection before it has been untouched for the interval, and not much more often', async () => {
    for (let id = 1; id <= 200; id += 1) {
      pool.add(id, `192.0.2.${id}`);
    }
    const checker = checkerWith();
    await clock.advance(300_000);
    checker.close();
    const untouched = pool.checks.map((check) => check.untouchedMs);
    expect(Math.max(...untouched)).toBeLessThan(30_000);
    expect(Math.min(...untouched)).toBeGreaterThanOrEqual(15_000);
    const perConnection = Map.groupBy(pool.checks, (check) => check.id);
    expect(perConnection.size).toBe(200);
    for (const checks of perConnection.values()) {
      expect(checks.length).toBeGreaterThanOrEqual(9);
      expect(checks.length).toBeLessThanOrEqual(20);
    }
  });

  it('lets connections that were warmed together drift apart', async () => {
    for (let id = 1; id <= 400; id += 1) {
      pool.add(id, `192.0.2.${id}`);
    }
    const checker = checkerWith();
    await clock.advance(300_000);
    checker.close();
    const perSecond = Map.groupBy(
      pool.checks.filter((check) => check.atMs > 240_000),
      (check) => Math.floor(check.atMs / 3_000),
    );
    for (const checks of perSecond.values()) {
      expect(checks.length).toBeLessThan(160);
    }
  });

  it('leaves alone what is leased and what was used meanwhile', async () => {
    pool.add(1, '192.0.2.1', { state: 'leased' });
    pool.add(2, '192.0.2.2');
    const checker = checkerWith();
    for (let second = 0; second < 120; second += 1) {
      await clock.advance(1_000);
      const used = pool.connections.get(2);
      if (used) {
        used.touchedMs = clock.monotonicMs();
      }
    }
    checker.close();
    expect(pool.checks).toEqual([]);
  });

  it('follows new settings at once', async () => {
    pool.add(1, '192.0.2.1');
    const checker = checkerWith(3_600_000);
    await clock.advance(10_000);
    expect(pool.checks).toHaveLength(0);
    checker.updateSettings({ healthCheckIntervalMs: 1_000, checkConcurrency: 1 });
    await clock.advance(1_000);
    expect(pool.checks.length).toBeGreaterThanOrEqual(1);
    checker.close();
  });

  it('leaves no timer behind and checks nothing after it is closed', async () => {
    pool.add(1, '192.0.2.1');
    const checker = checkerWith();
    checker.close();
    checker.close();
    checker.updateSettings({ healthCheckIntervalMs: 1_000, checkConcurrency: 1 });
    expect(clock.timers).toBe(0);
    await clock.advance(120_000);
    expect(await checker.checkAll()).toEqual({ checked: 0, healthy: 0, unhealthy: 0 });
    expect(pool.checks).toEqual([]);
  });
});

describe('checks that are asked for', () => {
  it('checks all idle ones, and counts by their verdict', async () => {
    pool.add(1, '192.0.2.1');
    pool.add(2, '192.0.2.2', { verdict: 'broken' });
    pool.add(3, '192.0.2.3', { verdict: 'blocked' });
    pool.add(4, '192.0.2.4', { state: 'leased' });
    const checker = checkerWith();
    const summary = checker.checkAll();
    await clock.advance(5);
    expect(await summary).toEqual({ checked: 3, healthy: 1, unhealthy: 2 });
    expect(pool.checks.map((check) => check.id)).toEqual([1, 2, 3]);
    checker.close();
  });

  it('checks the named ones; leased and unknown ones are not counted', async () => {
    pool.add(1, '192.0.2.1');
    pool.add(2, '192.0.2.2', { state: 'leased' });
    const checker = checkerWith();
    const checked = checker.check([1, 2, 99]);
    await clock.advance(5);
    expect(await checked).toBe(1);
    checker.close();
  });

  it('does not check one twice when it is asked for twice at once', async () => {
    pool.add(1, '192.0.2.1');
    const checker = checkerWith();
    const both = Promise.all([checker.checkAll(), checker.check([1])]);
    await clock.advance(5);
    expect(await both).toEqual([{ checked: 1, healthy: 1, unhealthy: 0 }, 1]);
    expect(pool.checks).toHaveLength(1);
    checker.close();
  });

  it('has at most check_concurrency in flight', async () => {
    for (let id = 1; id <= 100; id += 1) {
      pool.add(id, `192.0.2.${id}`);
    }
    const checker = checkerWith(3_600_000, 8);
    const summary = checker.checkAll();
    await clock.advance(100);
    expect(await summary).toMatchObject({ checked: 100, healthy: 100 });
    expect(pool.mostInFlight).toBe(8);
    checker.close();
  });

  it('is not delayed by an IP that hangs, however many connections it has', async () => {
    for (let id = 1; id <= 100; id += 1) {
      pool.add(id, '192.0.2.66', { hangs: true });
    }
    for (let id = 101; id <= 160; id += 1) {
      pool.add(id, `198.51.100.${id - 100}`);
    }
    const checker = checkerWith(3_600_000, 8);
    const hanging = checker.check(Array.from({ length: 100 }, (_, index) => index + 1));
    const others = checker.check(Array.from({ length: 60 }, (_, index) => index + 101));
    // Seven places are left: sixty checks of 5 ms take nine rounds.
    await clock.advance(9 * 5);
    expect(await others).toBe(60);
    expect(pool.mostInFlight).toBe(8);

    while (pool.hung.size > 0) {
      for (const [id, end] of [...pool.hung]) {
        pool.hung.delete(id);
        end();
      }
      await settle();
    }
    expect(await hanging).toBe(100);
    expect(checker.inFlight).toBe(0);
    checker.close();
  });

  it('answers what had not begun when it is closed', async () => {
    for (let id = 1; id <= 5; id += 1) {
      pool.add(id, `192.0.2.${id}`);
    }
    const checker = checkerWith(3_600_000, 2);
    const summary = checker.checkAll();
    await settle();
    checker.close();
    await clock.advance(5);
    expect(await summary).toMatchObject({ checked: 2 });
    expect(pool.checks).toHaveLength(2);
  });

  it('survives a check that breaks, and says so', async () => {
    pool.add(1, '192.0.2.1');
    pool.add(2, '192.0.2.2');
    const check = pool.check.bind(pool);
    pool.check = (id) => (id === 1 ? Promise.reject(new Error('torn')) : check(id));
    const checker = checkerWith();
    const summary = checker.checkAll();
    await clock.advance(5);
    expect(await summary).toEqual({ checked: 1, healthy: 1, unhealthy: 0 });
    expect(events).toMatchObject([{ level: 'error', kind: 'health.check-broken', subject: '1' }]);
    checker.close();
  });

  it('closes the unhealthy ones and says how many', () => {
    pool.add(1, '192.0.2.1');
    pool.add(2, '192.0.2.2', { verdict: 'broken' });
    const checker = checkerWith();
    expect(checker.cleanUpUnhealthy()).toBe(1);
    expect(checker.cleanUpUnhealthy()).toBe(0);
    expect(events.map(textOf)).toEqual(['1 unhealthy connection closed']);
    checker.close();
  });
});
