import { describe, expect, it } from 'vitest';
import { pastAlerts, recordAlerts, restoreAlerts } from '../../../core/alerts/alert-journal.ts';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import { stateReading } from '../../../core/alerts/alert-reading.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { HistoryAlerts, RememberedAlert } from '../../../core/contract/history.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const settings = { holdMs: 0, clearHoldMs: 0, reopenWithinMs: 300_000 };

/** As the history keeps them: each once, as it was told last. */
class FakeHistory {
  readonly kept = new Map<string, RememberedAlert>();
  fails = false;
  hangs = false;

  recordAlert(alert: RememberedAlert): void {
    this.kept.set(alert.id, structuredClone(alert));
  }

  async alerts({ standing }: { standing: boolean }): Promise<HistoryAlerts> {
    if (this.hangs) {
      await new Promise(() => undefined);
    }
    if (this.fails) {
      throw new Error('it cannot be read');
    }
    return { alerts: [...this.kept.values()].filter(({ endedAtMs }) => !standing || endedAtMs === null), cursor: null };
  }
}

function engineOn(history: FakeHistory, clock: ManualClock) {
  const keeper = new AlertKeeper({ clock, events: new EventBus(clock), settings: () => settings });
  let blocks = true;
  keeper.addSource(() => [stateReading('host-blocks-us', 'a.test', blocks)]);
  return {
    keeper,
    start: async () => {
      await restoreAlerts(keeper, history, clock);
      return recordAlerts(keeper, history, clock);
    },
    judge: (isBlocked: boolean) => {
      blocks = isBlocked;
      clock.sleep(1_000);
      keeper.judge(clock.monotonicMs());
    },
  };
}

const range = { fromMs: 0, toMs: 9e15, rule: null, limit: 100, cursor: null };

describe('alerts over restarts', () => {
  it('are taken up with what was said to them, and come to their end in the history', async () => {
    const [history, clock] = [new FakeHistory(), new ManualClock()];
    const first = engineOn(history, clock);
    const stop = await first.start();
    first.judge(true);
    const id = first.keeper.active()[0]?.id ?? 0;
    first.keeper.acknowledge(id, 'Ada', 'they know');
    first.keeper.mute(id, 60);
    stop();

    const second = engineOn(history, clock);
    await second.start();
    second.judge(true);
    expect(second.keeper.active()).toMatchObject([
      { id, state: 'muted', acknowledged: { by: 'Ada', reason: 'they know' }, firings: 1 },
    ]);
    clock.sleep(60_000);
    second.judge(false);
    const { alerts } = await pastAlerts(history, range);
    expect(alerts).toMatchObject([{ id, state: 'resolved', acknowledged: { by: 'Ada' } }]);
    expect(history.kept.size).toBe(1);
  });

  it('that another version wrote in another form are left alone', async () => {
    const [history, clock] = [new FakeHistory(), new ManualClock()];
    const first = engineOn(history, clock);
    await first.start();
    first.judge(true);
    const [kept] = history.kept.values();
    history.recordAlert({ ...(kept as RememberedAlert), id: '5', details: { of: 'long ago' } });
    await expect(pastAlerts(history, range)).resolves.toMatchObject({ alerts: [{ subject: 'a.test' }] });
    const second = engineOn(history, clock);
    await second.start();
    expect(second.keeper.active()).toHaveLength(1);
  });

  it('cost nothing but themselves when the history cannot be read', async () => {
    const [history, clock] = [new FakeHistory(), new ManualClock()];
    history.fails = true;
    const engine = engineOn(history, clock);
    await engine.start();
    engine.judge(true);
    expect(engine.keeper.active()).toHaveLength(1);
  });

  it('keep no engine from its start for longer than two seconds', async () => {
    const [history, clock] = [new FakeHistory(), new ManualClock()];
    history.hangs = true;
    const engine = engineOn(history, clock);
    let started = false;
    void engine.start().then(() => {
      started = true;
    });
    await clock.advance(1_999);
    expect(started).toBe(false);
    await clock.advance(1);
    await settle();
    expect(started).toBe(true);
  });
});
