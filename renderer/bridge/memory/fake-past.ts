/** What the fake fleet's addresses went through: a check each half a minute, and now and then a trouble, the same each time. */
import type { ErrorSeries } from '../../../core/contract/history-errors.ts';
import {
  type CellRow,
  type CellState,
  cellStates,
  type HealthSpan,
  type RememberedCheck,
} from '../../../core/contract/history-health.ts';
import type { RequestOutput, RequestParsed } from '../../../core/contract/index.ts';
import type { FakeHost } from './fake-fleet.ts';
import { fakeRandom } from './fake-random.ts';

const minuteMs = 60_000;
const checkEveryMs = 30_000;
const pastMs = 24 * 60 * minuteMs;
/** An address is ejected so long after its trouble has begun. */
const ejectAfterMs = 45_000;
/** Of a good fleet, however many addresses it has. */
const troublesAnHour = 6;

interface Trouble {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly kind: 'blocked' | 'broken';
}

interface FakeAddress {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  readonly prefix: string;
  /** Its checks are due so long after each half minute. */
  readonly phaseMs: number;
  readonly troubles: readonly Trouble[];
}

interface Place {
  readonly host: string | null;
  readonly prefix: string | null;
  readonly ip: string | null;
}

const anywhere = { prefix: null, states: [], limit: 1, cursor: null };

export class FakePast {
  readonly #addresses: readonly FakeAddress[];
  readonly #beganMs: number;

  /** `failing`: 0 to 1; none of the addresses was ever looked at when `looked` is false. */
  constructor(fleet: readonly FakeHost[], failing: number, looked: boolean, now: number) {
    const random = fakeRandom(23);
    this.#beganMs = now - pastMs;
    const number = fleet.reduce((sum, { ips }) => sum + ips.length, 0);
    const chance = Math.min(0.08, troublesAnHour / Math.max(1, number)) + failing / 4;
    const addresses = fleet.flatMap(({ host, ips }) => {
      const [, port] = host.split(':');
      return ips.map((ip) => ({
        host,
        ip,
        port: Number(port ?? 443),
        prefix: ip.includes(':') ? `${ip.split('::')[0]}::/48` : `${ip.split('.').slice(0, 3).join('.')}.0/24`,
        phaseMs: Math.floor(random() * checkEveryMs),
        troubles: fakeTroubles(random, chance, now),
      }));
    });
    this.#addresses = looked ? addresses : [];
  }

  cells(wish: RequestParsed<'history.cells'>, now: number): RequestOutput<'history.cells'> {
    const { fromMs, toMs, columns: most, by, limit, offset } = wish;
    const stepMs = Math.max(1, Math.ceil((toMs - fromMs) / most / 5_000)) * 5_000;
    const beganMs = Math.floor(fromMs / stepMs) * stepMs;
    const columns = Math.min(most, Math.ceil((toMs - beganMs) / stepMs));
    const groups = Map.groupBy(this.#at(wish), ({ host, prefix, ip }) =>
      by === 'host' ? host : `${host} ${by === 'prefix' ? prefix : ip}`,
    );
    const rows = [...groups.values()].slice(offset, offset + limit).map((addresses): CellRow => {
      const cells = Array.from({ length: columns }, (_, column) =>
        this.#cell(addresses, beganMs + column * stepMs, beganMs + (column + 1) * stepMs, now),
      );
      const [first] = addresses;
      return {
        host: first?.host ?? '',
        prefix: by === 'host' ? null : (first?.prefix ?? null),
        ip: by === 'ip' ? (first?.ip ?? null) : null,
        addresses: addresses.length,
        named: false,
        leftOut: 0,
        states: cells.map(({ state }) => cellStates[state]).join(''),
        checks: cells.map(({ checks }) => checks).join(' '),
        failures: cells.map(({ failures }) => failures).join(' '),
      };
    });
    return { fromMs: beganMs, stepMs, columns, rows, total: groups.size };
  }

  checks(wish: RequestParsed<'history.checks'>, now: number): RequestOutput<'history.checks'> {
    const { fromMs, toMs, outcomes, limit, cursor } = wish;
    const untilMs = Math.min(toMs, now);
    const checks = this.#at(wish).flatMap((address) =>
      this.#checksOf(address, Math.max(fromMs, this.#beganMs), untilMs),
    );
    const wanted = checks.filter(({ outcome }) => outcomes.length === 0 || outcomes.includes(outcome));
    const end = (cursor ?? 0) + limit;
    const page = wanted.sort((a, b) => b.atMs - a.atMs).slice(cursor ?? 0, end);
    return { checks: page, cursor: end < wanted.length ? end : null };
  }

  errors(wish: RequestParsed<'history.errors'>, now: number): RequestOutput<'history.errors'> {
    const { fromMs, toMs, columns } = wish;
    const stepMs = Math.ceil((toMs - fromMs) / columns);
    const failed = this.checks({ ...wish, outcomes: ['blocked', 'broken'], limit: 100_000, cursor: null }, now).checks;
    const classes = Map.groupBy(failed, ({ errorClass }) => errorClass);
    const series = [...classes].flatMap(([errorClass, checks]): ErrorSeries[] => {
      const [last] = checks;
      if (errorClass === null || !last) {
        return [];
      }
      const counts = new Array<number>(columns).fill(0);
      for (const { atMs } of checks) {
        const column = Math.floor((atMs - fromMs) / stepMs);
        counts[column] = (counts[column] ?? 0) + 1;
      }
      const { host, ip, port, atMs } = last;
      return [{ errorClass, count: checks.length, counts, last: { host, ip, port, atMs } }];
    });
    return { fromMs, stepMs, columns, classes: series.sort((a, b) => b.count - a.count) };
  }

  spans(wish: RequestParsed<'history.spans'>): RequestOutput<'history.spans'> {
    const { fromMs, toMs, states, limit } = wish;
    const spans = this.#at(wish).flatMap(({ host, ip, port, troubles }) =>
      troubles.flatMap(({ fromMs: beganMs, untilMs, kind }): HealthSpan[] =>
        beganMs + ejectAfterMs < untilMs && untilMs > fromMs && beganMs + ejectAfterMs < toMs
          ? [
              {
                host,
                ip,
                port,
                state: 'ejected',
                reason: kind === 'blocked' ? 'permanent-failure' : 'failures-in-a-row',
                fromMs: beganMs + ejectAfterMs,
                untilMs,
              },
            ]
          : [],
      ),
    );
    if (states.length > 0 && !states.includes('ejected')) {
      return { spans: [], cursor: null };
    }
    return { spans: spans.sort((a, b) => b.fromMs - a.fromMs).slice(0, limit), cursor: null };
  }

  /** The ejection that holds now, of those that have one. */
  ejectionOf(host: string, ip: string, now: number): HealthSpan | null {
    const { spans } = this.spans({ ...anywhere, host, ip, fromMs: now, toMs: now + 1 });
    return spans[0] ?? null;
  }

  #at({ host, prefix, ip }: Place): readonly FakeAddress[] {
    return this.#addresses.filter(
      (one) =>
        (host === null || one.host === host) &&
        (prefix === null || one.prefix === prefix) &&
        (ip === null || one.ip === ip),
    );
  }

  #cell(addresses: readonly FakeAddress[], fromMs: number, toMs: number, now: number) {
    let [checks, failures] = [0, 0];
    let anyEjected = false;
    const [firstMs, lastMs] = [Math.max(fromMs, this.#beganMs), Math.min(toMs, now)];
    for (const { phaseMs, troubles } of addresses) {
      checks += dueBetween(phaseMs, firstMs, lastMs);
      for (const { fromMs: beganMs, untilMs } of troubles) {
        failures += dueBetween(phaseMs, Math.max(firstMs, beganMs), Math.min(lastMs, untilMs));
        anyEjected ||= beganMs + ejectAfterMs < lastMs && untilMs > firstMs && untilMs - beganMs > ejectAfterMs;
      }
    }
    return { checks, failures, state: anyEjected ? 'ejected' : stateOfChecks(checks, failures) };
  }

  #checksOf({ host, ip, port, phaseMs, troubles }: FakeAddress, fromMs: number, toMs: number): RememberedCheck[] {
    const checks: RememberedCheck[] = [];
    const first = Math.ceil((fromMs - phaseMs) / checkEveryMs) * checkEveryMs + phaseMs;
    for (let atMs = first; atMs < toMs; atMs += checkEveryMs) {
      const trouble = troubles.find((one) => atMs >= one.fromMs && atMs < one.untilMs);
      const ejected = trouble !== undefined && atMs - trouble.fromMs > ejectAfterMs;
      checks.push({
        host,
        ip,
        port,
        atMs,
        kind: ejected ? 'probe' : atMs % (2 * checkEveryMs) === phaseMs ? 'check' : 'ping',
        outcome: trouble?.kind ?? 'good',
        errorClass: trouble === undefined ? null : trouble.kind === 'blocked' ? 'blocked' : 'timeout-tcp',
        status: trouble === undefined ? 200 : trouble.kind === 'blocked' ? 403 : null,
        ms: trouble?.kind === 'broken' ? 3_000 : 2 + (phaseMs % 90) / 10,
      });
    }
    return checks;
  }
}

function stateOfChecks(checks: number, failures: number): CellState {
  if (checks === 0) {
    return 'quiet';
  }
  return failures === 0 ? 'good' : failures < checks ? 'failing' : 'down';
}

function dueBetween(phaseMs: number, fromMs: number, toMs: number): number {
  return Math.max(0, Math.ceil((toMs - phaseMs) / checkEveryMs) - Math.ceil((fromMs - phaseMs) / checkEveryMs));
}

/** Most addresses had none; the last hour has as many as the day before it. `chance`: of one more, 0 to 1. */
function fakeTroubles(random: () => number, chance: number, now: number): Trouble[] {
  const troubles: Trouble[] = [];
  for (const overMs of [60 * minuteMs, pastMs]) {
    while (random() < chance) {
      const fromMs = now - random() * overMs;
      const untilMs = fromMs + (0.5 + random() * 4) * minuteMs;
      troubles.push({ fromMs, untilMs, kind: random() < 0.4 ? 'blocked' : 'broken' });
    }
  }
  return troubles;
}
