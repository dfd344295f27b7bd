/** What the engine hands over to be remembered: plain values, fit for another thread. */
import type { EngineEvent } from '../contract/events.ts';
import type { IpHealth } from '../contract/health.ts';
import type { HistoryDistribution, HistoryQuantity, RememberedAlert } from '../contract/history.ts';
import type { RememberedChange } from '../contract/history-changes.ts';
import type { RememberedCheck } from '../contract/history-health.ts';
import type { ConnectionLife } from '../contract/history-lives.ts';
import type { RememberedCell } from '../contract/history-warm-ups.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import type { EndpointName } from './endpoint-ids.ts';
import type { Moment } from './moment-frame.ts';
import type { PatternCount } from './pattern-store.ts';

/** One second of the pool or of one host. */
export interface SecondSample {
  /** The host's name; the empty string for the whole pool. */
  readonly scope: string;
  /** Seconds since 1970. */
  readonly atS: number;
  /** Those that are known of this scope. */
  readonly quantities: Readonly<Partial<Record<HistoryQuantity, number>>>;
  /** As `Histogram.encode` gives them; an empty one may be left out. */
  readonly distributions: Readonly<Partial<Record<HistoryDistribution, Uint8Array>>>;
}

/** How the health of one address is from a time on; null: nothing is known of it any more. */
export interface HealthChange extends EndpointName {
  readonly atMs: number;
  readonly health: IpHealth | null;
}

/** How a warm-up is at a time, and the results that came since it was told before. */
export interface WarmUpTold {
  readonly engineStartedAtMs: number;
  readonly atMs: number;
  readonly run: WarmUpRun;
  readonly cells: readonly RememberedCell[];
}

/** Of each kind a list, in the order in which things came. */
export interface HistoryBatch {
  readonly samples: readonly SecondSample[];
  readonly events: readonly EngineEvent[];
  readonly lives: readonly ConnectionLife[];
  readonly alerts: readonly RememberedAlert[];
  readonly checks: readonly RememberedCheck[];
  readonly health: readonly HealthChange[];
  readonly warmUps: readonly WarmUpTold[];
  readonly changes: readonly RememberedChange[];
  readonly moments: readonly Moment[];
  readonly patterns: readonly PatternCount[];
}

/** A batch that is still being filled. */
export type Gathered = { readonly [Kind in keyof HistoryBatch]: HistoryBatch[Kind][number][] };

export function emptyBatch(): Gathered {
  return {
    samples: [],
    events: [],
    lives: [],
    alerts: [],
    checks: [],
    health: [],
    warmUps: [],
    changes: [],
    moments: [],
    patterns: [],
  };
}

/** How many things are lost when a batch cannot be stored. */
export function sizeOf(batch: HistoryBatch): number {
  return Object.values(batch).reduce((sum, things) => sum + things.length, 0);
}
