/** What the engine's thread and the history's say to each other. */

import type { PatternCounts } from '../contract/event-patterns.ts';
import type { HistoryAlerts, HistoryEvents, HistorySamples, HistorySeries } from '../contract/history.ts';
import type { HistoryChanges } from '../contract/history-changes.ts';
import type { HistoryErrors } from '../contract/history-errors.ts';
import type { HistoryCells, HistoryChecks, HistorySpans } from '../contract/history-health.ts';
import type { ConnectionLife, HistoryLives } from '../contract/history-lives.ts';
import type { HistoryMoment } from '../contract/history-moment.ts';
import type { HistoryWarmUpCells, HistoryWarmUps } from '../contract/history-warm-ups.ts';
import type { Told } from '../contract/phrase.ts';
import type { AlertsWish } from './alert-store.ts';
import type { CellsWish } from './cell-store.ts';
import type { ChangesWish } from './change-store.ts';
import type { ChecksWish } from './check-store.ts';
import type { ErrorsWish } from './error-store.ts';
import type { HistoryBatch } from './history-batch.ts';
import type { PutAside } from './history-file.ts';
import type { MomentWish } from './moment-store.ts';
import type { PatternsWish } from './pattern-store.ts';
import type { EventsWish, LifeWish, LivesWish } from './record-store.ts';
import type { SamplesWish, SeriesWish } from './sample-store.ts';
import type { SpansWish } from './span-store.ts';
import type { WarmUpCellsWish, WarmUpsWish } from './warm-up-store.ts';

/** Every question with its answer. */
export interface HistoryAnswers {
  readonly series: { readonly wish: SeriesWish; readonly answer: HistorySeries };
  readonly samples: { readonly wish: SamplesWish; readonly answer: HistorySamples };
  readonly events: { readonly wish: EventsWish; readonly answer: HistoryEvents };
  readonly lives: { readonly wish: LivesWish; readonly answer: HistoryLives };
  readonly life: { readonly wish: LifeWish; readonly answer: ConnectionLife | null };
  readonly alerts: { readonly wish: AlertsWish; readonly answer: HistoryAlerts };
  readonly checks: { readonly wish: ChecksWish; readonly answer: HistoryChecks };
  readonly spans: { readonly wish: SpansWish; readonly answer: HistorySpans };
  readonly cells: { readonly wish: CellsWish; readonly answer: HistoryCells };
  readonly errors: { readonly wish: ErrorsWish; readonly answer: HistoryErrors };
  readonly warmUps: { readonly wish: WarmUpsWish; readonly answer: HistoryWarmUps };
  readonly warmUpCells: { readonly wish: WarmUpCellsWish; readonly answer: HistoryWarmUpCells };
  readonly moment: { readonly wish: MomentWish; readonly answer: HistoryMoment };
  readonly patterns: { readonly wish: PatternsWish; readonly answer: { counts: PatternCounts } };
  readonly changes: { readonly wish: ChangesWish; readonly answer: HistoryChanges };
}
export const historyTopics = [
  'series',
  'samples',
  'events',
  'lives',
  'life',
  'alerts',
  'checks',
  'spans',
  'cells',
  'errors',
  'warmUps',
  'warmUpCells',
  'changes',
  'moment',
  'patterns',
] as const satisfies readonly (keyof HistoryAnswers)[];
export type HistoryTopic = keyof HistoryAnswers;

/** One of a kind of messages for each topic. */
export type AskHistory<Topic extends HistoryTopic = HistoryTopic> = {
  [Each in Topic]: {
    readonly kind: 'ask';
    readonly id: number;
    readonly topic: Each;
    readonly wish: HistoryAnswers[Each]['wish'];
    readonly nowMs: number;
  };
}[Topic];
export type AnswerOfHistory<Topic extends HistoryTopic = HistoryTopic> = {
  [Each in Topic]: {
    readonly kind: 'answered';
    readonly id: number;
    readonly topic: Each;
    readonly answer: HistoryAnswers[Each]['answer'];
  };
}[Topic];

export interface FailedQuestion {
  readonly kind: 'failed';
  readonly id: number;
  readonly topic: HistoryTopic;
  readonly told: Told;
}

/** Times are epoch milliseconds of the engine's clock: the other thread has none. */
export type ToHistory =
  | { readonly kind: 'write'; readonly id: number; readonly batch: HistoryBatch; readonly nowMs: number }
  | AskHistory
  | { readonly kind: 'close'; readonly id: number };

/** How the file is; told with every write. */
export interface HistoryCondition {
  /** Why nothing can be stored, in one sentence; null when the last batch was. */
  readonly fault: string | null;
  /** A file that was put aside just now. */
  readonly setAside: PutAside | null;
  /** null: the file could not be read, so none of these three is known. */
  readonly sizeBytes: number | null;
  readonly oldestAtMs: number | null;
  readonly firstMomentMs: number | null;
  /** A part of the time machine's moments is missing: they have to begin anew with a whole one. */
  readonly hasGap: boolean;
}

export type FromHistory =
  | { readonly kind: 'written'; readonly id: number; readonly condition: HistoryCondition }
  | AnswerOfHistory
  | FailedQuestion
  | { readonly kind: 'closed'; readonly id: number };
