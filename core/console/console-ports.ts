/** What the console service needs of the engine's parts, and no more. */
import type { AccessJournal } from '../access/access-journal.ts';
import type { GivenChange, OperatorActs } from '../access/operator-acts.ts';
import type { AccessEntry, AccessExplanation, AccessFinding, AccessFrame } from '../contract/access.ts';
import type { Alert, AlertList, AlertWatch } from '../contract/alerts.ts';
import type { ConfigApplied, ConfigChange, ConfigPreview, ConfigState, ConfigTextPreview } from '../contract/config.ts';
import type { DemoFaultWish, DemoPicture } from '../contract/demo.ts';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { ContractIssue } from '../contract/errors.ts';
import type { ConnectionExplanation, ExplainSubject, Explanation } from '../contract/explain.ts';
import type { HealthPicture } from '../contract/health.ts';
import type {
  HistoryAlerts,
  HistoryEvents,
  HistorySamples,
  HistorySeries,
  HistoryStatus,
} from '../contract/history.ts';
import type { HistoryChanges } from '../contract/history-changes.ts';
import type { HistoryErrors } from '../contract/history-errors.ts';
import type { HistoryCells, HistoryChecks, HistorySpans } from '../contract/history-health.ts';
import type { ConnectionLife, HistoryLives } from '../contract/history-lives.ts';
import type { HistoryMoment } from '../contract/history-moment.ts';
import type { HistoryWarmUpCells, HistoryWarmUps } from '../contract/history-warm-ups.ts';
import type { RequestOutput, RequestParsed } from '../contract/index.ts';
import type { ListsEffect } from '../contract/lists-effect.ts';
import type { LoadJob, LoadRun } from '../contract/load-run.ts';
import type { KeptPreferences } from '../contract/preferences.ts';
import type { RequestWish, SentRequest } from '../contract/requests.ts';
import type { IpList } from '../contract/warm-up.ts';
import type { WarmUpJob } from '../contract/warm-up-job.ts';
import type { WarmUpPlan } from '../contract/warm-up-plan.ts';
import type { WarmUpCell, WarmUpRun } from '../contract/warm-up-run.ts';

/** The lists as the console sees them; {@link AccessPolicy} is what the pool sees of the same thing. */
export interface AccessLists {
  readonly size: number;
  readonly revision: number;
  readonly whitelistMode: AccessFrame['whitelistMode'];
  readonly store: { readonly file: string; readonly issues: readonly ContractIssue[]; readonly gone: boolean };
  entries(): Iterable<AccessEntry>;
  entry(key: string): AccessEntry | null;
  /** Told of every entry that came, went or is different, its hits included. */
  observe(observer: { changed(key: string): void }): () => void;
  /** After each change of the lists, the mode or the file's faults; hits excepted. */
  onChange(listener: () => void): () => void;
  readonly operator: Pick<OperatorActs, 'preview' | 'apply' | 'audit' | 'previewUndo' | 'undo'>;
  readonly journal: Pick<AccessJournal, 'page'>;
  /** @throws ContractError `refused` */
  save(): Promise<{ file: string }>;
  /** @throws ContractError `invalid-input` */
  explain(value: string): AccessExplanation;
  /** As the lists would be after the change. @throws ContractError `invalid-input` */
  findings(change: GivenChange | null): Promise<{ total: number; fresh: number; findings: AccessFinding[] }>;
}

export interface WarmUpRuns {
  /** @throws ContractError, ClassifiedError of class `dns` */
  plan(job: WarmUpJob): Promise<WarmUpPlan>;
  start(job: WarmUpJob): number;
  pause(runId: number): boolean;
  resume(runId: number): boolean;
  cancel(runId: number): boolean;
  /** @throws ContractError `not-found`, `conflict` */
  retryFailed(runId: number, rest: boolean): number;
  /** Never rejects: faults are part of the answer. */
  parseIps(text: string): Promise<IpList>;
  runs(): WarmUpRun[];
  run(runId: number): WarmUpRun | undefined;
  /** Of all that are remembered, oldest first. */
  ids(): number[];
  cells(runId: number): readonly WarmUpCell[];
  observe(observer: { changed(runId: number, cellIndex: number | null): void }): () => void;
}

/** Checks that the operator asks for; leased connections are never touched. */
export interface HealthActs {
  /** Of these, those that are idle. Resolves with how many were checked. */
  check(connectionIds: readonly number[]): Promise<number>;
  checkAll(): Promise<{ checked: number; healthy: number; unhealthy: number }>;
  cleanUpUnhealthy(): number;
}

/** How each IP is, as the automaton sees it. */
export interface IpHealthView {
  /** @throws ContractError `not-found`, `invalid-input` */
  picture(host?: string): HealthPicture;
  /** False when it is not ejected, or is being probed. @throws ContractError `invalid-input` */
  probe(host: string, ip: string, port: number): boolean;
}

/** What is wrong, and what to do. */
export interface Diagnosing {
  run(): Diagnosis;
}

/** Why something of the pool is as it is. */
export interface Explainer {
  /** null for a connection of which nothing is remembered. @throws RangeError for what is no host. */
  explain(subject: ExplainSubject): Explanation | null;
  /** Its last leases, oldest first. */
  leasesOf(connectionId: number): ConnectionExplanation['recentLeases'];
}

/** What happened before; every question rejects with ContractError `conflict` when it cannot be read. */
export interface RememberedPast {
  series(wish: RequestParsed<'history.series'>): Promise<HistorySeries>;
  events(wish: RequestParsed<'history.events'>): Promise<HistoryEvents>;
  lives(wish: RequestParsed<'history.lives'>): Promise<HistoryLives>;
  /** null when it is not remembered. */
  life(wish: { readonly engineStartedAtMs: number; readonly connectionId: number }): Promise<ConnectionLife | null>;
  alerts(wish: RequestParsed<'history.alerts'>): Promise<HistoryAlerts>;
  checks(wish: RequestParsed<'history.checks'>): Promise<HistoryChecks>;
  spans(wish: RequestParsed<'history.spans'>): Promise<HistorySpans>;
  cells(wish: RequestParsed<'history.cells'>): Promise<HistoryCells>;
  errors(wish: RequestParsed<'history.errors'>): Promise<HistoryErrors>;
  samples(wish: RequestParsed<'history.samples'>): Promise<HistorySamples>;
  warmUps(wish: RequestParsed<'history.warmUps'>): Promise<HistoryWarmUps>;
  warmUpCells(wish: RequestParsed<'history.warmUpCells'>): Promise<HistoryWarmUpCells>;
  changes(wish: RequestParsed<'history.changes'>): Promise<HistoryChanges>;
  moment(wish: RequestParsed<'history.moment'>): Promise<HistoryMoment>;
  patterns(wish: RequestParsed<'events.patterns'>): Promise<RequestOutput<'events.patterns'>>;
  status(): HistoryStatus;
}

export interface DemoActs {
  /** null when no demo runs (any more). */
  picture(): DemoPicture | null;
  /** Resolves with at how many endpoints; null when no demo runs. @throws ContractError `invalid-input`, `conflict` */
  set(wish: DemoFaultWish): Promise<number | null>;
  /** Automatic entries of its addresses on the access lists. */
  listed(): number;
  /** @throws ContractError `invalid-input`, `conflict`, `refused` */
  watchOwn(target: RequestParsed<'demo.watchOwn'>): Promise<ConfigApplied>;
  /** What is wrong with it. @throws ContractError `conflict`, `refused` */
  checkOwn(target: RequestParsed<'demo.checkOwn'>): Promise<ConfigPreview['faults']>;
}

/** What the access lists are worth, on a fleet of its own. */
export interface ListsMeasuring {
  /** @throws ContractError `conflict`, `closed` */
  measure(wish: RequestParsed<'access.measureEffect'>): Promise<ListsEffect>;
}

/** Measuring runs through the pool. */
export interface LoadActs {
  /** @throws ContractError `invalid-input`, `conflict`, `closed` */
  start(job: LoadJob): number;
  cancel(runId: number): boolean;
  /** The newest first. */
  runs(): LoadRun[];
  readonly running: boolean;
  observe(observer: { changed(run: LoadRun): void }): () => void;
}

/** Requests of the operator's own. */
export interface RequestActs {
  /** Resolves when it is over, with whatever came of it. @throws ContractError `invalid-input`, `conflict`, `refused`, `closed` */
  send(wish: RequestWish): Promise<SentRequest>;
  cancel(ticket: string): boolean;
}

/** What is wrong, and what a person says to it. */
export interface AlertActs {
  list(): AlertList;
  watches(): AlertWatch[];
  /** @throws ContractError `not-found`, `conflict` */
  acknowledge(id: number, by: string, reason: string): Alert;
  mute(id: number, minutes: number): Alert;
  unmute(id: number): Alert;
  /** Told of every alert that is another than it was, its figure excepted. */
  observe(observer: { changed(alert: Alert): void }): () => void;
}

/** What operators chose about their console. */
export interface PreferenceActs {
  current(): KeptPreferences;
  onChange(listener: () => void): () => void;
  /** On the disk when it resolves. @throws ContractError `refused` */
  change(change: KeptPreferences): Promise<void>;
}

export interface RunningConfig {
  describe(): RequestOutput<'config.get'>;
  state(): ConfigState;
  /** After each change of the state or of a value. */
  onChange(listener: () => void): () => void;
  preview(change: ConfigChange): ConfigPreview;
  previewText(text: string, changes?: ConfigChange['changes']): Promise<ConfigTextPreview>;
  /**
   * Written to the file and applied whole to the running engine, or refused whole.
   * @throws ContractError `invalid-input` with an issue per key path, `conflict`, `refused`
   */
  update(change: ConfigChange, revision?: string): Promise<ConfigApplied>;
  text(): Promise<RequestOutput<'config.text'>>;
  /** @throws as `update`; the issues are at `line:column`. */
  saveText(text: string, revision?: string): Promise<ConfigApplied>;
  presets(): RequestOutput<'config.presets'>;
  history(): Promise<RequestOutput<'config.history'>>;
  /** @throws ContractError `not-found` */
  version(id: string): Promise<RequestOutput<'config.version'>>;
  /** @throws as `saveText`, and `not-found` */
  revert(id: string, revision?: string): Promise<ConfigApplied>;
}
