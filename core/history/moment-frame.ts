/**
 * One frame of the time machine, as it lies on disk: the whole pool, or what is another than in the frame before. Compressed
 * with the end of its whole frame as the dictionary, for in one second little else than digits changes.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ConnectionRow } from '../contract/connections.ts';
import type { HostHealth, IpHealth, LocalOutage } from '../contract/health.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason, ConnectionState } from '../contract/vocabulary.ts';
import type { WarmUpProgress } from '../contract/warm-up-progress.ts';

/** What changes of a connection after its handshake: id, state, healthy, idle and leased since, counters, last response. */
export type MovedRow = readonly [
  id: number,
  state: ConnectionState,
  healthy: 0 | 1,
  idleSinceMs: number | null,
  leasedSinceMs: number | null,
  leases: number,
  requests: number,
  errors: number,
  lastResponseMs: number | null,
];

/** Told by the engine each second. */
export interface Moment {
  /** One more than the last time: a gap says that something is missing. */
  readonly seq: number;
  /** Forget what was told before. */
  readonly reset: boolean;
  readonly statistics: PoolStatistics;
  readonly hosts: readonly HostHealth[];
  readonly localOutage: LocalOutage | null;
  /** Those that go on. */
  readonly warmUps: readonly WarmUpProgress[];
  readonly born: readonly ConnectionRow[];
  readonly moved: readonly MovedRow[];
  readonly closed: readonly (readonly [id: number, reason: CloseReason])[];
}

/** The fields that are long come first: the end of the text is what its followers resemble. */
export interface Frame {
  born: ConnectionRow[];
  moved: MovedRow[];
  closed: (readonly [id: number, reason: CloseReason])[];
  health: IpHealth[];
  /** Keys of {@link keyOf}. */
  healthGone: string[];
  hosts: readonly HostHealth[];
  localOutage: LocalOutage | null;
  /** Older versions wrote none down. */
  warmUps?: readonly WarmUpProgress[];
  statistics: PoolStatistics;
}

/** The pool of one moment. Its rows are replaced, never changed. */
export interface MomentState {
  readonly rows: Map<number, ConnectionRow>;
  readonly health: Map<string, IpHealth>;
  hosts: readonly HostHealth[];
  localOutage: LocalOutage | null;
  warmUps: readonly WarmUpProgress[];
  statistics: PoolStatistics | null;
}

/** As far back as deflate can look. */
const dictionaryBytes = 32_768;
/** Little is gained by more, and every second is written. */
const level = 4;

export function emptyState(): MomentState {
  return { rows: new Map(), health: new Map(), hosts: [], localOutage: null, warmUps: [], statistics: null };
}

export function copyOf(state: MomentState): MomentState {
  return { ...state, rows: new Map(state.rows), health: new Map(state.health) };
}

export function toMoved(row: ConnectionRow): MovedRow {
  return [
    row.id,
    row.state,
    row.healthy ? 1 : 0,
    row.idleSinceMs,
    row.leasedSinceMs,
    row.leases,
    row.requests,
    row.errors,
    toMicroseconds(row.lastResponseMs),
  ];
}

/** Digits beyond those of a microsecond are noise, and noise cannot be compressed. */
export function withoutNoise(row: ConnectionRow): ConnectionRow {
  const { tcpMs, tlsMs, lastResponseMs } = row;
  return {
    ...row,
    tcpMs: toMicroseconds(tcpMs),
    tlsMs: toMicroseconds(tlsMs),
    lastResponseMs: toMicroseconds(lastResponseMs),
  };
}

function toMicroseconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1_000) / 1_000;
}

export function keyOf({ host, ip, port }: Pick<IpHealth, 'host' | 'ip' | 'port'>): string {
  return `${host}|${ip}|${port}`;
}

export function apply(state: MomentState, frame: Frame): void {
  for (const row of frame.born) {
    state.rows.set(row.id, row);
  }
  for (const moved of frame.moved) {
    const row = state.rows.get(moved[0]);
    if (row) {
      state.rows.set(row.id, withMove(row, moved));
    }
  }
  for (const [id] of frame.closed) {
    state.rows.delete(id);
  }
  for (const health of frame.health) {
    state.health.set(keyOf(health), health);
  }
  for (const key of frame.healthGone) {
    state.health.delete(key);
  }
  state.hosts = frame.hosts;
  state.localOutage = frame.localOutage;
  state.warmUps = frame.warmUps ?? [];
  state.statistics = frame.statistics;
}

/** null while nothing is known. */
export function wholeFrame({ rows, health, hosts, localOutage, warmUps, statistics }: MomentState): Frame | null {
  return (
    statistics && {
      born: [...rows.values()],
      moved: [],
      closed: [],
      health: [...health.values()],
      healthGone: [],
      hosts,
      localOutage,
      warmUps,
      statistics,
    }
  );
}

export interface PackedFrame {
  readonly data: Uint8Array;
  readonly text: string;
}

/** `dictionary`: of the whole frame that this one follows from; null for one that stands by itself. */
export function pack(frame: Frame, dictionary: Buffer | null): PackedFrame {
  const text = JSON.stringify(frame);
  return { text, data: deflateRawSync(text, { level, ...(dictionary ? { dictionary } : {}) }) };
}

export function unpack(data: Uint8Array, dictionary: Buffer | null): { readonly frame: Frame; readonly text: string } {
  const text = inflateRawSync(data, dictionary ? { dictionary } : {}).toString();
  return { frame: JSON.parse(text), text };
}

/** Of the text of a whole frame, for those that follow from it. */
export function dictionaryOf(text: string): Buffer {
  return Buffer.from(text.slice(-dictionaryBytes));
}

function withMove(row: ConnectionRow, moved: MovedRow): ConnectionRow {
  const [, state, healthy, idleSinceMs, leasedSinceMs, leases, requests, errors, lastResponseMs] = moved;
  return {
    ...row,
    state,
    healthy: healthy === 1,
    idleSinceMs,
    leasedSinceMs,
    leases,
    requests,
    errors,
    lastResponseMs,
  };
}
