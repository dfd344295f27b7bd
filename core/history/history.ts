/**
 * What the pool remembers over restarts. It gathers in memory and hands over once a second to a thread of its own, which
 * alone touches the disk: a slow, full or broken disk costs history, never the pool.
 */
import type { Clock, Timer } from '../base/clock.ts';
import { aboveDebug, type EventBus } from '../base/event-bus.ts';
import { ContractError } from '../contract/errors.ts';
import { mayHavePattern, patternsOf } from '../contract/event-patterns.ts';
import type { EngineEvent } from '../contract/events.ts';
import type {
  HistoryAlerts,
  HistoryEvents,
  HistorySamples,
  HistorySeries,
  HistoryStatus,
  RememberedAlert,
} from '../contract/history.ts';
import type { HistoryChanges, RememberedChange } from '../contract/history-changes.ts';
import type { HistoryErrors } from '../contract/history-errors.ts';
import type { HistoryCells, HistoryChecks, HistorySpans, RememberedCheck } from '../contract/history-health.ts';
import type { ConnectionLife, HistoryLives } from '../contract/history-lives.ts';
import type { HistoryMoment } from '../contract/history-moment.ts';
import type { HistoryWarmUpCells, HistoryWarmUps } from '../contract/history-warm-ups.ts';
import { inEnglish, type Phrase, phrase } from '../contract/phrase.ts';
import {
  emptyBatch,
  type Gathered,
  type HealthChange,
  type HistoryBatch,
  type SecondSample,
  sizeOf,
  type WarmUpTold,
} from './history-batch.ts';
import type {
  AskHistory,
  FromHistory,
  HistoryAnswers,
  HistoryCondition,
  HistoryTopic,
  ToHistory,
} from './history-messages.ts';
import { HistoryQuestions } from './history-questions.ts';
import type { Moment } from './moment-frame.ts';

/** The other thread, or what stands for it in a test. */
export interface HistoryThread {
  send(message: ToHistory): void;
  /** Called once, before the first message is sent. */
  onMessage(listener: (message: FromHistory) => void): void;
  /** Called once, before the first message is sent; when it ends of itself. */
  onEnd(listener: (why: string) => void): void;
  end(): Promise<void>;
}

export interface HistoryOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly events: Pick<EventBus, 'subscribe' | 'emit'>;
  readonly thread: HistoryThread;
}

/** What is younger than this may be lost with the process; a second that is over is stored at once. */
const flushMs = 250;
/** Of things that wait while the disk is slow; older ones are given up beyond. */
const mostWaiting = 50_000;
/** At the end; a disk that takes longer keeps nobody waiting. */
const closeMs = 1_000;

export class History {
  readonly #options: HistoryOptions;
  readonly #questions = new HistoryQuestions();
  readonly #stopListening: () => void;
  #gathered: Gathered = emptyBatch();
  #timer: Timer | null = null;
  /** The batch that the other thread has; null when it waits for one. */
  #underWay: HistoryBatch | null = null;
  #condition: HistoryCondition = {
    fault: null,
    setAside: null,
    sizeBytes: null,
    oldestAtMs: null,
    firstMomentMs: null,
    hasGap: false,
  };
  readonly #gapListeners = new Set<() => void>();
  #lost = 0;
  #lastId = 0;
  #ended: Phrase | null = null;
  #closed: Promise<void> | null = null;
  /** When the other thread has done all that it was told, or says no more. */
  readonly #lastWords = Promise.withResolvers<void>();

  /** Begins at once. */
  constructor(options: HistoryOptions) {
    this.#options = options;
    options.thread.onMessage((message) => this.#hear(message));
    options.thread.onEnd((why) => this.#threadEnded(why));
    this.#stopListening = options.events.subscribe(
      (event) => {
        if (aboveDebug(event.level)) {
          this.#gathered.events.push(event);
        }
        this.#countPatterns(event);
      },
      // Patterns are counted at every level.
      (level, kind) => aboveDebug(level) || mayHavePattern(kind),
    );
    this.#schedule();
  }

  patterns(wish: HistoryAnswers['patterns']['wish']): Promise<HistoryAnswers['patterns']['answer']> {
    return this.#ask('patterns', (id, nowMs) => ({ kind: 'ask', topic: 'patterns', id, wish, nowMs }));
  }

  /** One second of the pool and of each host, when it is over. */
  recordSecond(samples: readonly SecondSample[]): void {
    this.#gathered.samples.push(...samples);
    // All else that is told at the turn of the second goes with it.
    this.#schedule(0);
  }

  recordLife(life: ConnectionLife): void {
    this.#gathered.lives.push(life);
  }

  /** One that was recorded before, in this run or an earlier one, is replaced by what is told now. */
  recordAlert(alert: RememberedAlert): void {
    this.#gathered.alerts.push(alert);
  }

  /** A look at one address that has ended. */
  recordCheck(check: RememberedCheck): void {
    this.#gathered.checks.push(check);
  }

  /** How one address is now; one that is as it was may be told again. */
  recordHealth(change: HealthChange): void {
    this.#gathered.health.push(change);
  }

  /** A warm-up as it is now, with the results that came since it was told before. */
  recordWarmUp(told: WarmUpTold): void {
    this.#gathered.warmUps.push(told);
  }

  /** The lists or the configuration are others. */
  recordChange(change: RememberedChange): void {
    this.#gathered.changes.push(change);
  }

  /** What is another than a second before, for the time machine. */
  recordMoment(moment: Moment): void {
    this.#gathered.moments.push(moment);
  }

  /** Called when moments were lost, and have to begin anew. Returns the function that stops listening. */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  series(wish: HistoryAnswers['series']['wish']): Promise<HistorySeries> {
    return this.#ask('series', (id, nowMs) => ({ kind: 'ask', topic: 'series', id, wish, nowMs }));
  }

  samples(wish: HistoryAnswers['samples']['wish']): Promise<HistorySamples> {
    return this.#ask('samples', (id, nowMs) => ({ kind: 'ask', topic: 'samples', id, wish, nowMs }));
  }

  events(wish: HistoryAnswers['events']['wish']): Promise<HistoryEvents> {
    return this.#ask('events', (id, nowMs) => ({ kind: 'ask', topic: 'events', id, wish, nowMs }));
  }

  lives(wish: HistoryAnswers['lives']['wish']): Promise<HistoryLives> {
    return this.#ask('lives', (id, nowMs) => ({ kind: 'ask', topic: 'lives', id, wish, nowMs }));
  }

  life(wish: HistoryAnswers['life']['wish']): Promise<ConnectionLife | null> {
    return this.#ask('life', (id, nowMs) => ({ kind: 'ask', topic: 'life', id, wish, nowMs }));
  }

  alerts(wish: HistoryAnswers['alerts']['wish']): Promise<HistoryAlerts> {
    return this.#ask('alerts', (id, nowMs) => ({ kind: 'ask', topic: 'alerts', id, wish, nowMs }));
  }

  checks(wish: HistoryAnswers['checks']['wish']): Promise<HistoryChecks> {
    return this.#ask('checks', (id, nowMs) => ({ kind: 'ask', topic: 'checks', id, wish, nowMs }));
  }

  spans(wish: HistoryAnswers['spans']['wish']): Promise<HistorySpans> {
    return this.#ask('spans', (id, nowMs) => ({ kind: 'ask', topic: 'spans', id, wish, nowMs }));
  }

  cells(wish: HistoryAnswers['cells']['wish']): Promise<HistoryCells> {
    return this.#ask('cells', (id, nowMs) => ({ kind: 'ask', topic: 'cells', id, wish, nowMs }));
  }

  errors(wish: HistoryAnswers['errors']['wish']): Promise<HistoryErrors> {
    return this.#ask('errors', (id, nowMs) => ({ kind: 'ask', topic: 'errors', id, wish, nowMs }));
  }

  warmUps(wish: HistoryAnswers['warmUps']['wish']): Promise<HistoryWarmUps> {
    return this.#ask('warmUps', (id, nowMs) => ({ kind: 'ask', topic: 'warmUps', id, wish, nowMs }));
  }

  warmUpCells(wish: HistoryAnswers['warmUpCells']['wish']): Promise<HistoryWarmUpCells> {
    return this.#ask('warmUpCells', (id, nowMs) => ({ kind: 'ask', topic: 'warmUpCells', id, wish, nowMs }));
  }

  changes(wish: HistoryAnswers['changes']['wish']): Promise<HistoryChanges> {
    return this.#ask('changes', (id, nowMs) => ({ kind: 'ask', topic: 'changes', id, wish, nowMs }));
  }

  moment(wish: HistoryAnswers['moment']['wish']): Promise<HistoryMoment> {
    return this.#ask('moment', (id, nowMs) => ({ kind: 'ask', topic: 'moment', id, wish, nowMs }));
  }

  status(): HistoryStatus {
    const fault = this.#ended ? inEnglish(this.#ended) : this.#condition.fault;
    return {
      recording: fault === null,
      fault,
      file: this.#options.file,
      sizeBytes: this.#condition.sizeBytes,
      oldestAtMs: this.#condition.oldestAtMs,
      firstMomentMs: this.#condition.firstMomentMs,
      lost: this.#lost,
    };
  }

  /** Stores what is gathered, at most for a second, and ends the other thread. Twice gives the same promise. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** @throws ContractError `conflict` when the history cannot be read, `closed` after `close`. */
  async #ask<Topic extends HistoryTopic>(
    topic: Topic,
    question: (id: number, nowMs: number) => AskHistory,
  ): Promise<HistoryAnswers[Topic]['answer']> {
    if (this.#closed) {
      throw new ContractError('closed', phrase('refused.history-closed'));
    }
    if (this.#ended !== null) {
      throw new ContractError('conflict', this.#ended);
    }
    const id = this.#nextId();
    const answer = this.#questions.wait(topic, id);
    this.#options.thread.send(question(id, this.#options.clock.epochMs()));
    return answer;
  }

  #countPatterns(event: EngineEvent): void {
    const list = this.#gathered.patterns;
    const atS = Math.floor(event.atMs / 1_000);
    for (const [pattern, count] of patternsOf(event)) {
      let known = list.length - 1;
      while (known >= 0 && list[known]?.atS === atS && list[known]?.pattern !== pattern) {
        known -= 1;
      }
      const counted = list[known];
      if (counted?.atS === atS) {
        counted.count += count;
      } else {
        list.push({ atS, pattern, count });
      }
    }
  }

  #schedule(delayMs = flushMs): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#flush();
      this.#schedule();
    });
  }

  /** One batch at a time: while the disk is slow, the next one grows, up to its bound. */
  #flush(): void {
    if (this.#underWay || this.#ended !== null) {
      this.#giveUpOldest();
      return;
    }
    const batch = this.#gathered;
    if (sizeOf(batch) === 0) {
      return;
    }
    this.#gathered = emptyBatch();
    this.#underWay = batch;
    this.#options.thread.send({ kind: 'write', id: this.#nextId(), batch, nowMs: this.#options.clock.epochMs() });
  }

  #giveUpOldest(): void {
    for (const list of Object.values(this.#gathered)) {
      const tooMany = list.length - mostWaiting;
      if (tooMany > 0) {
        list.splice(0, tooMany);
        this.#lost += tooMany;
      }
    }
  }

  #hear(message: FromHistory): void {
    switch (message.kind) {
      case 'written':
        this.#stored(message.condition);
        return;
      case 'answered':
        this.#questions.answered(message);
        return;
      case 'failed':
        this.#questions.failed(message);
        return;
      case 'closed':
        this.#lastWords.resolve();
    }
  }

  #stored(condition: HistoryCondition): void {
    const { events, file } = this.#options;
    const before = this.#condition.fault;
    const batch = this.#underWay;
    this.#underWay = null;
    // A disk that is full takes nothing from what is there.
    const { sizeBytes, oldestAtMs, firstMomentMs } = condition.sizeBytes === null ? this.#condition : condition;
    this.#condition = { ...condition, sizeBytes, oldestAtMs, firstMomentMs };
    if (condition.setAside !== null) {
      events.emit('warn', 'history.put-aside', file, condition.setAside);
    }
    if (condition.hasGap) {
      for (const listener of this.#gapListeners) {
        listener();
      }
    }
    if (condition.fault !== null) {
      this.#lost += batch ? sizeOf(batch) : 0;
    }
    if (condition.fault !== null && before === null) {
      events.emit('error', 'history.stopped', file, { message: condition.fault });
    }
    if (condition.fault === null && before !== null) {
      events.emit('info', 'history.resumed', file, { lost: this.#lost });
    }
  }

  #threadEnded(why: string): void {
    const ended = phrase('past.thread-ended', { message: why });
    this.#ended = ended;
    this.#lastWords.resolve();
    if (!this.#closed) {
      this.#options.events.emit('error', 'history.stopped', this.#options.file, { message: inEnglish(ended) });
    }
    this.#questions.rejectAll(ended);
  }

  async #close(): Promise<void> {
    const { clock, thread } = this.#options;
    this.#stopListening();
    this.#timer?.cancel();
    if (this.#ended === null) {
      // Messages are read in their order: what is under way comes first, and `closed` last.
      if (sizeOf(this.#gathered) > 0) {
        thread.send({ kind: 'write', id: this.#nextId(), batch: this.#gathered, nowMs: clock.epochMs() });
      }
      thread.send({ kind: 'close', id: this.#nextId() });
      const patience = clock.after(closeMs, () => this.#lastWords.resolve());
      await this.#lastWords.promise;
      patience.cancel();
    }
    await thread.end();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
