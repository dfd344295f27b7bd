/**
 * A process that writes history without pause, to be killed: prints the number of the last event of each batch that was
 * confirmed. Its seconds are a tenth of a second long. Twenty events come with one thing of each other kind.
 */
import { join } from 'node:path';
import { type Clock, systemClock } from '../../core/base/clock.ts';
import { EventBus } from '../../core/base/event-bus.ts';
import { History, type HistoryThread } from '../../core/history/history.ts';
import { startHistoryThread } from '../../core/history/history-thread.ts';

import { fakePool } from './fake-pool.ts';
import { cellOf, runOf } from './warm-up-fixtures.ts';

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('history-writer.ts FOLDER');
}
const clock: Clock = {
  ...systemClock,
  after: (delayMs, callback) => systemClock.after(delayMs / 10, callback),
};
const file = join(folder, 'history.sqlite');
const thread = startHistoryThread(new URL('../../core/history/history-worker.ts', import.meta.url), file);
const events = new EventBus(clock);
let lastSent = 0;
const watched: HistoryThread = {
  ...thread,
  send: (message) => {
    if (message.kind === 'write') {
      lastSent = message.batch.events.at(-1)?.seq ?? lastSent;
    }
    thread.send(message);
  },
  onMessage: (listener) => {
    thread.onMessage((message) => {
      listener(message);
      if (message.kind === 'written' && message.condition.fault === null) {
        process.stdout.write(`${lastSent}\n`);
      }
    });
  },
};
const history = new History({ file, clock, events, thread: watched });

/** As many as there were ticks: of each kind one thing a tick, so that a gap in any table is a number that does not fit. */
let ticks = 0;
const statistics = fakePool().pool.statistics();
const startedAtMs = clock.epochMs();

setInterval(() => {
  ticks += 1;
  tellEach(ticks);
  for (let count = 0; count < 20; count += 1) {
    events.emit('info', 'config.warning', 'pool', { message: 'x'.repeat(200) });
  }
  const atS = Math.floor(clock.epochMs() / 1_000);
  history.recordSecond([{ scope: '', atS, quantities: { total: 1 }, distributions: {} }]);
}, 2);

function tellEach(number: number): void {
  const endpoint = { host: 'a.test', ip: '10.0.0.1', port: 443 };
  const atMs = clock.epochMs();
  const good = { kind: 'check', outcome: 'good', errorClass: null, status: 200 } as const;
  history.recordCheck({ ...endpoint, ...good, atMs, ms: 1 });
  history.recordChange({ kind: 'config', atMs, who: 'console', diff: [] });
  history.recordAlert({
    id: String(number),
    rule: 'lag',
    subject: 'pool',
    state: 'firing',
    beganAtMs: atMs,
    endedAtMs: null,
    changedAtMs: atMs,
    details: {},
  });
  const cell = { ...cellOf({ index: number, state: 'ready' }), port: 443 };
  history.recordWarmUp({ engineStartedAtMs: 1, atMs, run: runOf({ done: number, startedAtMs }), cells: [cell] });
  history.recordMoment({
    seq: number,
    reset: number === 1,
    statistics: { ...statistics, atMs, totalConnections: number },
    hosts: [],
    localOutage: null,
    warmUps: [],
    born: [],
    moved: [],
    closed: [],
  });
}
