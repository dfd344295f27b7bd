import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import type { AlertNotice } from '../../../core/alerts/alert-observers.ts';
import { type AlertReading, figureReading, stateReading } from '../../../core/alerts/alert-reading.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { Alert } from '../../../core/contract/alerts.ts';
import { alertSchema, alertWatchSchema } from '../../../core/contract/alerts.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const settings = { holdMs: 30_000, clearHoldMs: 10_000, reopenWithinMs: 300_000 };

class World {
  readonly clock = new ManualClock();
  readonly events: EngineEvent[] = [];
  readonly notices: AlertNotice[] = [];
  readonly changes: Alert[] = [];
  readonly bus = new EventBus(this.clock);
  readonly keeper = new AlertKeeper({ clock: this.clock, events: this.bus, settings: () => settings });
  readings: readonly AlertReading[] = [];

  constructor() {
    this.bus.subscribe((event) => this.events.push(event));
    this.keeper.addSource(() => this.readings);
    this.keeper.observe({
      changed: (alert) => this.changes.push(alert),
      moved: (alert) => this.changes.push(alert),
      notice: (notice) => this.notices.push(notice),
    });
  }

  /** Seconds of a success rate. */
  success(rate: number | null, forSeconds: number): void {
    this.readings = [figureReading('success-rate', 'pool', rate, 0.8, 0.1)];
    this.pass(forSeconds);
  }

  pass(forSeconds: number): void {
    for (let second = 0; second < forSeconds; second += 1) {
      this.clock.sleep(1_000);
      this.keeper.judge(this.clock.monotonicMs());
    }
  }

  get alert(): Alert {
    const [alert] = this.keeper.active();
    if (!alert) {
      throw new Error('no alert is active');
    }
    return alert;
  }

  kinds(): string[] {
    return this.notices.map(({ kind }) => kind);
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('a figure beyond its threshold', () => {
  it('is pending, fires when it has held, clears, and is resolved', () => {
    const { keeper } = world;
    world.success(0.7, 30);
    expect(world.alert).toMatchObject({ state: 'pending', firedAtMs: null, value: 0.7, threshold: 0.8 });
    expect(world.notices).toEqual([]);
    world.success(0.6, 1);
    expect(world.alert).toMatchObject({ state: 'firing', worst: 0.6, firings: 1, clearSinceMs: null });
    expect(world.alert.firedAtMs).toBe(world.alert.sinceMs + 30_000);
    world.success(0.81, 60);
    // Between 80 and 82 % it is neither bad nor good again.
    expect(world.alert).toMatchObject({ state: 'firing', clearSinceMs: null });
    world.success(0.9, 5);
    expect(world.alert.clearSinceMs).not.toBeNull();
    world.success(0.9, 6);
    expect(keeper.active()).toEqual([]);
    expect(keeper.resolved()).toMatchObject([{ state: 'resolved', worst: 0.6 }]);
    expect(world.events.map(({ level, kind }) => `${level} ${kind}`)).toEqual([
      'error alert.firing',
      'info alert.resolved',
    ]);
  });

  it('is no alert when it was short', () => {
    world.success(0.7, 29);
    world.success(0.9, 1);
    world.success(0.7, 29);
    expect(world.keeper.resolved()).toEqual([]);
    expect(world.events).toEqual([]);
    expect(world.changes).toEqual([]);
  });

  it('gives pictures of the contract’s form at every moment', () => {
    for (const rate of [0.7, null, 0.81, 0.9, 0.7]) {
      world.success(rate, 31);
      const { active, resolved } = world.keeper.list();
      for (const alert of [...active, ...resolved]) {
        expect(alertSchema.parse(alert)).toEqual(alert);
      }
      for (const watch of world.keeper.watches()) {
        expect(alertWatchSchema.parse(watch)).toEqual(watch);
      }
    }
  });

  it('begins when it began, however the time of day is set meanwhile', () => {
    world.success(0.7, 40);
    const before = world.alert;
    world.clock.jump(3_600_000);
    expect(world.alert.sinceMs).toBe(before.sinceMs + 3_600_000);
    expect(world.alert.firedAtMs).toBe((before.firedAtMs ?? 0) + 3_600_000);
  });
});

describe('a state', () => {
  it('fires at once, with what is to say of it', () => {
    world.readings = [stateReading('lists-unread', 'access-lists.toml', true, 'line 3: no IP', 1)];
    world.pass(1);
    expect(world.alert).toMatchObject({ state: 'firing', severity: 'critical', detail: 'line 3: no IP', value: 1 });
  });

  it('is over when nobody speaks of its subject any more', () => {
    world.readings = [stateReading('host-blocks-us', 'a.test', true)];
    world.pass(2);
    world.readings = [];
    world.pass(11);
    expect(world.keeper.active()).toEqual([]);
    world.pass(300);
    expect(world.keeper.watches()).toEqual([]);
  });

  it('of one subject says nothing of another', () => {
    world.readings = ['a.test', 'b.test'].map((host) => stateReading('host-blocks-us', host, host === 'b.test'));
    world.pass(1);
    expect(world.keeper.active().map(({ subject }) => subject)).toEqual(['b.test']);
    expect(world.keeper.watches()).toHaveLength(2);
  });
});

describe('what a person says', () => {
  it('stays with the alert until it is over, and ends its notices', () => {
    world.success(0.7, 31);
    const { id } = world.alert;
    expect(world.keeper.acknowledge(id, 'Ada', 'the origin is being moved')).toMatchObject({ state: 'acknowledged' });
    world.success(0.5, 60);
    expect(world.alert).toMatchObject({
      id,
      state: 'acknowledged',
      acknowledged: { by: 'Ada', reason: 'the origin is being moved' },
    });
    expect(world.kinds()).toEqual(['fired']);
    world.success(0.9, 11);
    expect(world.keeper.resolved()).toMatchObject([{ id, acknowledged: { by: 'Ada' } }]);
  });

  it('cannot be said to what is pending, over, or was never there', () => {
    const { keeper } = world;
    world.success(0.7, 1);
    const { id } = world.alert;
    expect(() => keeper.acknowledge(id, 'Ada', 'why')).toThrow(/has not fired yet/);
    expect(() => keeper.acknowledge(7, 'Ada', 'why')).toThrow(/There is no alert 7/);
    world.success(0.7, 30);
    world.success(0.9, 11);
    expect(() => keeper.acknowledge(id, 'Ada', 'why')).toThrow(/is resolved/);
    expect(() => keeper.mute(id, 5)).toThrow(/is resolved/);
  });

  it('mutes the rule on this subject for a time, this alert and those after it; then it is told', () => {
    world.success(0.7, 31);
    world.keeper.mute(world.alert.id, 10);
    expect(world.alert).toMatchObject({ state: 'muted' });
    world.success(0.9, 320);
    world.success(0.7, 31);
    expect(world.alert).toMatchObject({ state: 'muted', firings: 1 });
    // Who was told that the first one fired is told that it is over.
    expect(world.kinds()).toEqual(['fired', 'resolved']);
    world.pass(300);
    expect(world.alert).toMatchObject({ state: 'firing', mutedUntilMs: null });
    expect(world.kinds()).toEqual(['fired', 'resolved', 'fired']);
  });

  it('unmutes: what still fires is told at once', () => {
    world.success(0.7, 31);
    world.keeper.mute(world.alert.id, 10);
    world.keeper.unmute(world.alert.id);
    world.pass(1);
    expect(world.alert.state).toBe('firing');
    expect(world.kinds()).toEqual(['fired', 'fired']);
  });

  it('unmutes a rule whose alert has long been over', () => {
    world.success(0.7, 31);
    const { id } = world.alert;
    world.keeper.mute(id, 60);
    world.success(0.9, 400);
    expect(world.keeper.unmute(id)).toMatchObject({ id, mutedUntilMs: null });
    world.success(0.7, 31);
    expect(world.alert.state).toBe('firing');
  });
});

describe('an alert that comes back', () => {
  it('soon, goes on as the same one, with what was said to it, and nobody is told again', () => {
    world.success(0.7, 31);
    const { id } = world.alert;
    world.keeper.acknowledge(id, 'Ada', 'known');
    world.success(0.9, 12);
    world.success(0.7, 31);
    expect(world.alert).toMatchObject({ id, state: 'acknowledged', firings: 2 });
    expect(world.keeper.resolved()).toEqual([]);
    expect(world.kinds()).toEqual(['fired']);
  });

  it('late, is another one', () => {
    world.success(0.7, 31);
    const { id } = world.alert;
    world.keeper.acknowledge(id, 'Ada', 'known');
    world.success(0.9, 320);
    expect(world.kinds()).toEqual(['fired', 'resolved']);
    world.success(0.7, 31);
    expect(world.alert).toMatchObject({ state: 'firing', acknowledged: null, firings: 1 });
    expect(world.alert.id).toBeGreaterThan(id);
    expect(world.kinds()).toEqual(['fired', 'resolved', 'fired']);
  });

  it('again and again, is told once and fills no log', () => {
    for (let round = 0; round < 50; round += 1) {
      world.success(0.5, 35);
      world.success(0.95, 15);
    }
    expect(world.kinds()).toEqual(['fired']);
    expect(world.events.filter(({ level }) => level !== 'debug').map(({ kind }) => kind)).toEqual([
      'alert.firing',
      'alert.resolved',
    ]);
    expect(world.keeper.resolved()).toMatchObject([{ firings: 50 }]);
  });
});

describe('over a restart', () => {
  /** A new engine that is given what the one before stored. */
  function restarted(): World {
    const next = new World();
    next.clock.sleep(world.clock.monotonicMs() + 20_000);
    const latest = new Map(world.changes.map((alert) => [alert.id, alert]));
    next.keeper.restore([...latest.values()]);
    return next;
  }

  it('an alert goes on with its beginning, its id and what was said, and is not told again', () => {
    world.success(0.7, 31);
    const { id, sinceMs } = world.alert;
    world.keeper.acknowledge(id, 'Ada', 'known');
    const next = restarted();
    expect(next.alert).toMatchObject({ id, sinceMs, state: 'acknowledged', acknowledged: { reason: 'known' } });
    next.success(0.7, 40);
    expect(next.alert).toMatchObject({ id, state: 'acknowledged' });
    expect(next.notices).toEqual([]);
  });

  it('a clock that was set back meanwhile makes no time negative', () => {
    world.success(1, 600);
    world.success(0.7, 31);
    const back = new World();
    back.keeper.restore(world.changes.slice(-1));
    back.success(1, 80);
    const over = back.events.find(({ kind }) => kind === 'alert.resolved');
    expect(over?.data).toMatchObject({ seconds: 0 });
  });

  it('its figures are those of its last seconds, told no more often than each ten', () => {
    world.success(0.7, 31);
    const before = world.changes.length;
    for (let tenth = 69; tenth > 39; tenth -= 1) {
      world.success(tenth / 100, 1);
    }
    expect(world.changes.length - before).toBe(3);
    world.success(0.5, 30);
    expect(world.changes.length - before, 'what stays is not told again').toBe(4);
    expect(restarted().alert).toMatchObject({ value: 0.5, worst: 0.4 });
  });

  it('an alert is not over because the new engine has measured nothing yet', () => {
    world.success(0.7, 31);
    const next = restarted();
    next.success(1, 59);
    expect(next.alert.state).toBe('firing');
    next.success(1, 12);
    expect(next.keeper.active()).toEqual([]);
  });

  it('a mute lasts until its time', () => {
    world.success(0.7, 31);
    world.keeper.mute(world.alert.id, 10);
    const next = restarted();
    next.success(0.7, 60);
    expect(next.alert.state).toBe('muted');
    expect(next.notices).toEqual([]);
    next.pass(600);
    expect(next.alert.state).toBe('firing');
    expect(next.kinds()).toEqual(['fired']);
  });
});

describe('whatever happens', () => {
  type Act = { readonly kind: 'rate'; readonly rate: number | null; readonly s: number } | { readonly kind: Said };
  type Said = 'acknowledge' | 'mute' | 'unmute';
  const acts: fc.Arbitrary<Act[]> = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('rate' as const),
        rate: fc.constantFrom(0.2, 0.7, 0.79, 0.81, 0.83, 1, null),
        s: fc.integer({ min: 1, max: 400 }),
      }),
      fc.record({ kind: fc.constantFrom<Said>('acknowledge', 'mute', 'unmute') }),
    ),
    { maxLength: 30 },
  );

  it('no word of a person ends an alert or hides it from the list, and every alert that fired is listed until its end', () => {
    fc.assert(
      fc.property(acts, (script) => {
        const played = new World();
        for (const act of script) {
          const before = played.keeper.active();
          if (act.kind === 'rate') {
            played.success(act.rate, act.s);
            continue;
          }
          const [alert] = before;
          if (alert && (act.kind !== 'acknowledge' || alert.state !== 'pending')) {
            if (act.kind === 'acknowledge') {
              played.keeper.acknowledge(alert.id, 'Ada', 'known');
            } else if (act.kind === 'mute') {
              played.keeper.mute(alert.id, 3);
            } else {
              played.keeper.unmute(alert.id);
            }
          }
          expect(played.keeper.active().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
        }
        const fired = new Set(played.changes.map(({ id }) => id));
        const { active, resolved } = played.keeper.list();
        const listed = new Set([...active, ...resolved].map(({ id }) => id));
        expect([...fired].filter((id) => !listed.has(id))).toEqual([]);
      }),
    );
  });

  it('notices alternate: fired before resolved, and nothing is told while it is muted', () => {
    fc.assert(
      fc.property(acts, (script) => {
        const played = new World();
        const told: { kind: string; state: string }[] = [];
        played.keeper.observe({ notice: ({ kind, alert }) => told.push({ kind, state: alert.state }) });
        for (const act of script) {
          const [alert] = played.keeper.active();
          if (act.kind === 'rate') {
            played.success(act.rate, act.s);
          } else if (act.kind === 'mute' && alert) {
            played.keeper.mute(alert.id, 3);
          }
        }
        expect(told.filter(({ kind, state }) => kind === 'fired' && state !== 'firing')).toEqual([]);
        expect(told[0]?.kind ?? 'fired').toBe('fired');
        expect(told.filter(({ kind }, index) => kind === 'resolved' && told[index - 1]?.kind === 'resolved')).toEqual(
          [],
        );
      }),
    );
  });
});
