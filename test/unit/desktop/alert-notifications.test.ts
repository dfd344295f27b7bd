import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import { stateReading } from '../../../core/alerts/alert-reading.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { Language } from '../../../core/contract/language.ts';
import { showAlertNotifications } from '../../../electron/desktop/alert-notifications.ts';
import { ManualClock } from '../../support/manual-clock.ts';

class FakeNotification extends EventEmitter {
  readonly words: object;
  state: 'made' | 'shown' | 'closed' = 'made';

  constructor(words: object) {
    super();
    this.words = words;
  }

  show(): void {
    this.state = 'shown';
  }

  close(): void {
    this.state = 'closed';
  }
}

let made: FakeNotification[];
let opened: number[];
let isWanted: boolean;
let language: Language;
let judge: (...readings: Parameters<typeof stateReading>[]) => void;
let keeper: AlertKeeper;
let clock: ManualClock;
let begin: (firedSinceMs: number) => void;

beforeEach(() => {
  clock = new ManualClock();
  made = [];
  opened = [];
  isWanted = true;
  language = 'en';
  const times = { holdMs: 0, clearHoldMs: 0, reopenWithinMs: 0 };
  keeper = new AlertKeeper({ clock, events: new EventBus(clock), settings: () => times });
  let readings: Parameters<typeof stateReading>[] = [];
  keeper.addSource(() => readings.map((reading) => stateReading(...reading)));
  judge = (...next) => {
    readings = next;
    clock.sleep(1_000);
    keeper.judge(clock.monotonicMs());
  };
  begin = (firedSinceMs) =>
    showAlertNotifications({
      alerts: keeper,
      firedSinceMs,
      isWanted: () => isWanted,
      language: () => language,
      make: (words) => {
        const notification = new FakeNotification(words);
        made.push(notification);
        return notification as never;
      },
      open: (alertId) => opened.push(alertId),
    });
  begin(0);
});

test('an alert is shown in a sentence, a click leads to it, and it is gone when it is over', () => {
  judge(['host-blocks-us', 'a.test', true]);
  expect(made).toMatchObject([
    {
      state: 'shown',
      words: {
        title: 'Hotpool: critical alert',
        body: 'a.test blocks us: every IP in use refuses our requests',
        urgency: 'critical',
      },
    },
  ]);
  made[0]?.emit('click');
  expect(opened).toEqual([keeper.active()[0]?.id]);
  judge(['host-blocks-us', 'a.test', false]);
  expect(made.map(({ state }) => state)).toEqual(['closed']);
});

test('nothing is shown when it is switched off', () => {
  isWanted = false;
  judge(['leak', 'pool', true, null, 1]);
  expect(made).toEqual([]);
});

test('it is told in the language of that moment', () => {
  language = 'zh';
  judge(['host-blocks-us', 'a.test', true]);
  expect(made).toMatchObject([
    { words: { title: 'Hotpool：严重告警', body: 'a.test 拦截了我们：所有在用 IP 都拒绝请求', urgency: 'critical' } },
  ]);
});

test('what fired before anybody could be told is told at the beginning, and nothing of an earlier run', () => {
  isWanted = false;
  judge(['host-blocks-us', 'a.test', true]);
  const restartedMs = clock.epochMs() + 500;
  judge(['host-blocks-us', 'a.test', true], ['host-blocks-us', 'b.test', true]);
  isWanted = true;
  begin(restartedMs);
  expect(made).toMatchObject([{ state: 'shown', words: { body: expect.stringContaining('b.test') } }]);
  judge();
  expect(made.map(({ state }) => state)).toEqual(['closed']);
});
