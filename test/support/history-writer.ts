/**
 * A process that writes history without pause, to be killed: prints the number of the last event of each batch that was
 * confirmed. Its seconds are a tenth of a second long.
 */
import { join } from 'node:path';
import { type Clock, systemClock } from '../../core/base/clock.ts';
import { EventBus } from '../../core/base/event-bus.ts';
import { History, type HistoryThread } from '../../core/history/history.ts';
import { startHistoryThread } from '../../core/history/history-thread.ts';

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
let lastSeq = 0;
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

setInterval(() => {
  for (let count = 0; count < 20; count += 1) {
    lastSeq += 1;
    events.emit('info', 'test.made', 'pool', 'x'.repeat(200), { number: lastSeq });
  }
  const atS = Math.floor(clock.epochMs() / 1_000);
  history.recordSecond([{ scope: '', atS, quantities: { total: 1 }, distributions: {} }]);
}, 2);
