/** One process of the history benchmark: see `history.ts` for the method. Prints its figures as one line of JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBus } from '../../core/base/event-bus.ts';
import {
  historyEventsInputSchema,
  historySamplesInputSchema,
  historySeriesInputSchema,
} from '../../core/contract/history.ts';
import { historyErrorsInputSchema } from '../../core/contract/history-errors.ts';
import {
  historyCellsInputSchema,
  historyChecksInputSchema,
  historySpansInputSchema,
} from '../../core/contract/history-health.ts';
import { historyLivesInputSchema } from '../../core/contract/history-lives.ts';
import { History } from '../../core/history/history.ts';
import { startHistoryThread } from '../../core/history/history-thread.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { HistoryFigures } from './history.ts';
import { MadePool } from './history-made.ts';

const daySeconds = 86_400;
const earlierDays = 6;
const questionRepeats = 200;
const minuteMs = 60_000;
const ranges = { '15 min': 15 * minuteMs, '1 h': 60 * minuteMs, '24 h': 1_440 * minuteMs, '7 d': 10_080 * minuteMs };

const random = seededRandom(5);
const folder = mkdtempSync(join(tmpdir(), 'hotpool-bench-history-'));
const file = join(folder, 'history.sqlite');
const clock = new ManualClock();
const events = new EventBus(clock);
const thread = startHistoryThread(new URL('../../core/history/history-worker.ts', import.meta.url), file);
/** Told when the other thread has stored a batch. */
let stored: () => void = () => {};
const history = new History({
  file,
  clock,
  events,
  thread: {
    ...thread,
    onMessage: (listener) =>
      thread.onMessage((message) => {
        listener(message);
        if (message.kind === 'written') {
          stored();
        }
      }),
  },
});

const made = new MadePool(history, events, clock);

try {
  process.stdout.write(`${JSON.stringify(await measure())}\n`);
} finally {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<HistoryFigures> {
  // A day of each second after six of each minute's first second.
  for (let minute = 0; minute < earlierDays * 1_440; minute += 1) {
    made.minute(minute);
    await pass(minuteMs);
  }
  const stalls: number[] = [];
  for (let second = 0; second < daySeconds; second += 1) {
    const beganMs = performance.now();
    made.second(second);
    await pass(1_000, () => stalls.push(performance.now() - beganMs));
  }
  const questions: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questionsOf())) {
    const times: number[] = [];
    for (let repeat = 0; repeat < questionRepeats; repeat += 1) {
      const beganMs = performance.now();
      await ask(clock.epochMs() - Math.floor(random.next() * 60) * minuteMs);
      times.push(performance.now() - beganMs);
    }
    questions[name] = p99(times);
  }
  const jumps: number[] = [];
  const steps: number[] = [];
  for (let repeat = 0; repeat < questionRepeats; repeat += 1) {
    const atMs = clock.epochMs() - Math.floor(random.next() * (daySeconds - 300)) * 1_000;
    const jump = await timed(() => history.moment({ atMs, sinceMs: null }));
    jumps.push(jump.ms);
    // As it is played at a hundred times the speed, five frames a second.
    steps.push((await timed(() => history.moment({ atMs: atMs + 20_000, sinceMs: jump.answer.atMs }))).ms);
  }
  return {
    jumpP99Ms: p99(jumps),
    stepP99Ms: p99(steps),
    stallP99Ms: p99(stalls),
    fileBytes: history.status().sizeBytes ?? 0,
    questions,
  };
}

async function timed<Answer>(ask: () => Promise<Answer>): Promise<{ ms: number; answer: Answer }> {
  const beganMs = performance.now();
  const answer = await ask();
  return { ms: performance.now() - beganMs, answer };
}

/** Lets the clock pass, which hands the batch over, and waits until it is stored. `handedOver` is called between. */
async function pass(ms: number, handedOver: () => void = () => {}): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stored = resolve;
  const passing = clock.advance(ms);
  await settle();
  handedOver();
  await Promise.all([passing, promise]);
}

function questionsOf(): Record<string, (toMs: number) => Promise<unknown>> {
  const questions: Record<string, (toMs: number) => Promise<unknown>> = {};
  for (const [name, lengthMs] of Object.entries(ranges)) {
    const range = (toMs: number) => ({ fromMs: toMs - lengthMs, toMs });
    for (const metric of ['total', 'success-rate', 'response-ms'] as const) {
      questions[`${metric} over ${name}`] = (toMs) =>
        history.series(historySeriesInputSchema.parse({ metric, ...range(toMs) }));
    }
    questions[`events of a word over ${name}`] = (toMs) =>
      history.events(historyEventsInputSchema.parse({ text: '10.0.2.7 ', ...range(toMs) }));
    questions[`events of an IP over ${name}`] = (toMs) =>
      history.events(historyEventsInputSchema.parse({ ip: '10.0.2.7', ...range(toMs) }));
    questions[`cells of 1,000 IPs over ${name}`] = (toMs) =>
      history.cells(historyCellsInputSchema.parse({ limit: 2_000, ...range(toMs) }));
    questions[`cells of networks over ${name}`] = (toMs) =>
      history.cells(historyCellsInputSchema.parse({ by: 'prefix', ...range(toMs) }));
    questions[`error classes over ${name}`] = (toMs) => history.errors(historyErrorsInputSchema.parse(range(toMs)));
    questions[`the overview's curves over ${name}`] = (toMs) =>
      history.samples(historySamplesInputSchema.parse(range(toMs)));
    questions[`checks of an IP over ${name}`] = (toMs) =>
      history.checks(historyChecksInputSchema.parse({ ip: '10.0.2.7', ...range(toMs) }));
    questions[`states of an IP over ${name}`] = (toMs) =>
      history.spans(historySpansInputSchema.parse({ ip: '10.0.2.7', ...range(toMs) }));
    questions[`lives of an IP over ${name}`] = (toMs) =>
      history.lives(historyLivesInputSchema.parse({ ip: '10.0.2.7', ...range(toMs) }));
  }
  return questions;
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}
