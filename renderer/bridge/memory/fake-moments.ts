/** The invented pool as it was: always the same at the same second, and a little another at the next. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { HealthPicture } from '../../../core/contract/health.ts';
import type { RequestOutput, RequestParsed } from '../../../core/contract/index.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const rememberedMs = 26 * 60 * minuteMs;

export interface FakeMomentsOptions {
  /** Those of the beginning: later ones have no past. */
  readonly rows: Iterable<ConnectionRow>;
  readonly statistics: PoolStatistics;
  readonly health: (rows: readonly ConnectionRow[], atMs: number) => HealthPicture;
  /** Requests a second, about. */
  readonly rate: number;
  readonly now: () => number;
}

/** 0 to 1, of two numbers always the same. */
function share(one: number, other: number): number {
  let mixed = Math.imul(one, 0x9e37_79b1) ^ Math.imul(other, 0x85eb_ca6b);
  for (const factor of [0x2c1b_3c6d, 0x297a_2d39]) {
    mixed = Math.imul(mixed ^ (mixed >>> 15), factor);
  }
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

export class FakeMoments {
  readonly #options: FakeMomentsOptions;
  readonly #rows: readonly ConnectionRow[];
  readonly firstMs: number;

  constructor(options: FakeMomentsOptions) {
    this.#options = options;
    this.#rows = structuredClone([...options.rows]);
    this.firstMs = options.now() - rememberedMs;
  }

  moment({ atMs: askedMs, sinceMs }: RequestParsed<'history.moment'>): RequestOutput<'history.moment'> {
    const { statistics, health, now } = this.#options;
    const atMs = Math.floor(askedMs / secondMs) * secondMs;
    if (atMs < this.firstMs) {
      throw new ContractError('conflict', 'Nothing is remembered of that moment: it is before the first.');
    }
    const rows = this.#rowsAt(atMs);
    const before = new Map((sinceMs === null ? [] : this.#rowsAt(sinceMs)).map((row) => [row.id, row]));
    const ids = new Set(rows.map(({ id }) => id));
    const picture = health(rows, atMs);
    return {
      atMs,
      reset: sinceMs === null,
      statistics: figuresOf(rows, statistics, atMs),
      upserts: rows.filter((row) => JSON.stringify(before.get(row.id)) !== JSON.stringify(row)),
      removes: [...before.keys()].filter((id) => !ids.has(id)).map((id) => ({ id, reason: 'max-lifetime' })),
      health: { localOutage: null, hosts: picture.hosts, upserts: picture.ips, removes: [] },
      warmUps: [],
      firstMs: this.firstMs,
      lastMs: now(),
    };
  }

  samples({ fromMs, toMs }: RequestParsed<'history.samples'>): RequestOutput<'history.samples'> {
    const { rate, now } = this.#options;
    const samples: RequestOutput<'history.samples'>['samples'] = [];
    const endMs = Math.min(toMs, now());
    for (let atMs = Math.max(Math.ceil(fromMs / secondMs) * secondMs, this.firstMs); atMs < endMs; atMs += secondMs) {
      const second = atMs / secondMs;
      const wave = 1 + 0.2 * Math.sin(second / 60) + (share(second, 1) - 0.5) * 0.2;
      const base = 5 + Math.sin(second / 90);
      const total = this.#rowsAt(atMs - (atMs % minuteMs)).length;
      samples.push({
        atMs,
        requests: Math.round(rate * wave),
        failures: share(second, 2) > 0.9 ? 1 : 0,
        responseP50Ms: base,
        responseP95Ms: base * (2 + share(second, 3)),
        responseP99Ms: base * (3 + share(second, 4)),
        total,
        active: Math.round(total * 0.2),
        healthy: total,
      });
    }
    return { stepMs: secondMs, samples };
  }

  /** Each connection is away for a minute now and then, and is leased in some seconds. */
  #rowsAt(atMs: number): ConnectionRow[] {
    const backMs = this.#options.now() - atMs;
    const [minute, second] = [Math.floor(atMs / minuteMs), Math.floor(atMs / secondMs)];
    return this.#rows
      .filter(({ id }) => share(id, minute) > 0.12)
      .map((row) => {
        const isLeased = share(row.id, second) > 0.85;
        const requests = Math.max(0, row.requests - Math.floor(backMs / 20_000));
        return {
          ...row,
          state: isLeased ? 'leased' : 'idle',
          createdAtMs: atMs - Math.floor(share(row.id, minute) * 280_000),
          idleSinceMs: isLeased ? null : atMs - Math.floor(share(row.id, second - 1) * 20_000),
          leasedSinceMs: isLeased ? atMs : null,
          requests,
          leases: requests,
        };
      });
  }
}

/** Those of the present, with what is counted of these rows. */
function figuresOf(rows: readonly ConnectionRow[], present: PoolStatistics, atMs: number): PoolStatistics {
  const leased = rows.filter(({ state }) => state === 'leased').length;
  return {
    ...present,
    atMs,
    totalConnections: rows.length,
    dialingConnections: 0,
    activeConnections: leased,
    idleConnections: rows.length - leased,
    healthyConnections: rows.filter(({ healthy }) => healthy).length,
    verdict: { ...present.verdict, sinceMs: atMs - 41 * minuteMs },
    hosts: present.hosts.map((host) => {
      const own = rows.filter((row) => row.host === host.host);
      const inUse = own.filter(({ state }) => state === 'leased').length;
      const healthy = own.filter((row) => row.healthy).length;
      return { ...host, total: own.length, dialing: 0, idle: own.length - inUse, leased: inUse, healthy };
    }),
  };
}
