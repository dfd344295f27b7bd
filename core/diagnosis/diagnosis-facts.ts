/** What the rules judge by: one consistent picture of the running engine. Nothing here is asked for twice. */

import type { ConfigPreset } from '../config/presets.ts';
import type { ConfigValues } from '../config/schema.ts';
import type { ConfigDifference } from '../contract/config.ts';
import type { HealthPicture } from '../contract/health.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason, ErrorClass } from '../contract/vocabulary.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';

/** What has happened lately: counted over {@link RecentPast.spanMs}, five minutes at most. */
export interface RecentPast {
  readonly spanMs: number;
  readonly closes: Readonly<Partial<Record<CloseReason, number>>>;
  readonly acquireTimeouts: number;
  /** Connections at the beginning and the end of their making. */
  readonly dials: number;
  /** Failed dials of the last minute, by what became of each. */
  readonly dialErrors: Readonly<Partial<Record<ErrorClass, number>>>;
  /** What is left of resident memory after collections, early and late in an hour at most; null before half an hour of it. */
  readonly memory: { readonly spanMs: number; readonly firstBytes: number; readonly lastBytes: number } | null;
}

export interface DiagnosisFacts {
  /** Epoch. */
  readonly atMs: number;
  readonly statistics: PoolStatistics;
  readonly health: HealthPicture;
  /** In the operator's units: seconds, shares. */
  readonly config: ConfigValues;
  /** Paths that are outside what is recommended, those left out that a demo sets on purpose. */
  readonly outside: readonly string[];
  /** The preset that fits the measured rate, and what it would change; null before there is a rate. */
  readonly preset: {
    readonly name: 'low' | 'medium' | 'high';
    readonly values: ConfigPreset['values'];
    readonly diff: ConfigDifference;
  } | null;
  /** null before there is a minute of it. */
  readonly requestsPerSecond: number | null;
  /** Oldest first. */
  readonly warmUps: readonly WarmUpRun[];
  readonly past: RecentPast;
  /** Epoch; null: not since the start. */
  readonly limitsChangedAtMs: number | null;
  readonly loadRunAtMs: number | null;
  /** Of this machine. */
  readonly memoryBytes: number;
  /** null: it is being kept. */
  readonly historyTrouble: string | null;
}
