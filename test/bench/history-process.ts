/** One process of the history benchmark: see `history.ts` for the method. Prints its figures as one line of JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBus } from '../../core/base/event-bus.ts';
import {
  historyEventsInputSchema,
  historyLivesInputSchema,
  historySeriesInputSchema,
} from '../../core/contract/history.ts';
import { type CloseReason, closeReasons } from '../../core/contract/vocabulary.ts';
import { History } from '../../core/history/history.ts';
import type { SecondSample } from '../../core/history/history-batch.ts';
import { startHistoryThread } from '../../core/history/history-thread.ts';
import { Histogram } from '../../core/statistics/histogram.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { HistoryFigures } from './history.ts';

const daySeconds = 86_400;
const earlierDays = 6;
const hosts = ['a.test', 'b.test', 'c.test'] as const;
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

try {
  process.stdout.write(`${JSON.stringify(await measure())}\n`);
} finally {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<HistoryFigures> {
  // A day of each second after six of each minute's first second.
  for (let minute = 0; minute < earlierDays * 1_440; minute += 1) {
    makeSecond(minute);
    await pass(minuteMs);
  }
  const stalls: number[] = [];
  for (let second = 0; second < daySeconds; second += 1) {
    const beganMs = performance.now();
    makeSecond(second);
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
  return { stallP99Ms: p99(stalls), fileBytes: history.status().sizeBytes, questions };
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

function makeSecond(second: number): void {
  const atS = Math.floor(clock.epochMs() / 1_000);
  const responses = new Histogram();
  for (let request = 0; request < 50; request += 1) {
    responses.record(20 + random.next() ** 4 * 500);
  }
  const encoded = responses.encode();
  const population = { total: 1_000, dialing: 3, idle: 940, active: 57, healthy: 990, waiting: 0 };
  const samples = hosts.map((scope): SecondSample => ({ scope, atS, quantities: population, distributions: {} }));
  samples.push({
    scope: '',
    atS,
    quantities: {
      ...population,
      requests: 50,
      failures: second % 7,
      leases: 50,
      'reusing-leases': 47,
      'rss-bytes': 2e8,
    },
    distributions: encoded ? { 'response-ms': encoded, 'wait-ms': encoded } : {},
  });
  history.recordSecond(samples);
  for (let ended = 0; ended < (second % 3 === 0 ? 4 : 3); ended += 1) {
    recordLife(second * 4 + ended + 1);
  }
  for (const host of hosts.slice(0, 2)) {
    const ip = ipOf(second);
    events.emit('info', 'access.changed', ip, `${ip} of ${host} was banned for a while`, { host, ip });
  }
}

function recordLife(id: number): void {
  const closedAtMs = clock.epochMs();
  const reasons: readonly CloseReason[] = closeReasons;
  history.recordLife({
    engineStartedAtMs: 1,
    id,
    host: hosts[id % hosts.length] ?? '',
    ip: ipOf(id),
    port: 443,
    profile: 'modern-h2',
    protocol: 'h2',
    resumed: false,
    createdAtMs: closedAtMs - 300_000,
    closedAtMs,
    reason: reasons[id % reasons.length] ?? 'idle-timeout',
    tcpMs: 12,
    tlsMs: 24,
    lastResponseMs: 20,
    leases: 40,
    requests: 40,
    errors: 0,
  });
}

function ipOf(number: number): string {
  return `10.0.${Math.floor(number / 250) % 4}.${number % 250}`;
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
    questions[`lives of an IP over ${name}`] = (toMs) =>
      history.lives(historyLivesInputSchema.parse({ ip: '10.0.2.7', ...range(toMs) }));
  }
  return questions;
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}
