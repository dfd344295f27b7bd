/**
 * Which connections are shown, and in which order. Recomputed at most twice a second from live changes, at once when the
 * operator sorts or filters, and not at all while frozen.
 */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { ipSortKey } from '../base/ip-key.ts';
import { Observable } from '../base/observable.ts';
import { Paced } from '../base/paced.ts';
import { shownState, shownStates } from '../base/shown-state.ts';
import { type ConnectionFilter, readConnectionFilter } from './connection-filter.ts';
import { type ConnectionLine, type Gathering, gatherLines } from './connection-lines.ts';
import type { ConnectionsStore } from './connections-store.ts';
import type { EngineClock } from './engine-clock.ts';

export const connectionColumns = [
  'state',
  'ip',
  'host',
  'protocol',
  'profile',
  'age',
  'idle',
  'requests',
  'errors',
  'tcp',
  'tls',
  'response',
] as const;
export type ConnectionColumn = (typeof connectionColumns)[number];

export interface ConnectionSort {
  readonly column: ConnectionColumn;
  readonly descending: boolean;
}

type SortKey = number | string | null;

const stateRank = new Map<string, number>(shownStates.map((state, index) => [state, index]));

/** Ascending means what the column shows: the smallest age is the youngest. */
const sortKeys: Readonly<Record<ConnectionColumn, (row: ConnectionRow) => SortKey>> = {
  state: (row) => stateRank.get(shownState(row)) ?? shownStates.length,
  ip: (row) => ipSortKey(row.ip),
  host: (row) => row.host,
  protocol: (row) => row.protocol,
  profile: (row) => row.profile,
  age: (row) => -row.createdAtMs,
  idle: (row) => (row.idleSinceMs === null ? null : -row.idleSinceMs),
  requests: (row) => row.requests,
  errors: (row) => row.errors,
  tcp: (row) => row.tcpMs,
  tls: (row) => row.tlsMs,
  response: (row) => row.lastResponseMs,
};

/**
 * Sorts by the column, then by id, so that equal rows keep their places. What is not known sorts last either way. Each value
 * is compared once, however many rows have it: ten thousand connections lead to far fewer addresses, and in the order of
 * their ids most rows come by themselves.
 */
export function sortRows(rows: Iterable<ConnectionRow>, sort: ConnectionSort): number[] {
  const keyOf = sortKeys[sort.column];
  const idsByKey = new Map<SortKey, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const ids = idsByKey.get(key);
    if (ids === undefined) {
      idsByKey.set(key, [row.id]);
    } else {
      ids.push(row.id);
    }
  }
  const sign = sort.descending ? -1 : 1;
  const sorted: number[] = [];
  for (const key of [...idsByKey.keys()].sort((a, b) => compareKeys(a, b, sign))) {
    const ids = idsByKey.get(key) ?? [];
    if (ids.length > 1) {
      ids.sort((a, b) => a - b);
    }
    for (const id of ids) {
      sorted.push(id);
    }
  }
  return sorted;
}

/** Of two that are not the same. */
function compareKeys(a: SortKey, b: SortKey, sign: 1 | -1): number {
  if (a === null) {
    return 1;
  }
  if (b === null) {
    return -1;
  }
  return a < b ? -sign : sign;
}

function isLeased(row: ConnectionRow): 0 | 1 {
  return shownState(row) === 'leased' ? 1 : 0;
}

const everyMs = 500;

export interface OrderedConnections {
  /** Every row that fits, in order; those of groups that are closed as well. */
  readonly ids: readonly number[];
  /** What the table shows: the rows, and the lines of their groups. */
  readonly lines: readonly ConnectionLine[];
  /** Live rows that fit the filter; departed ones among `ids` are not counted. */
  readonly matching: number;
  readonly total: number;
  /** Live ones that are leased, whether they fit or not: of the same moment as the rows. */
  readonly leased: number;
  /** Rows that came since the order was frozen. */
  readonly arrivals: number;
}

const nothing: OrderedConnections = { ids: [], lines: [], matching: 0, total: 0, leased: 0, arrivals: 0 };
const ungrouped: Gathering = { by: 'none', collapsed: new Set() };

export class ConnectionOrder {
  readonly changes = new Observable();
  readonly #store: ConnectionsStore;
  readonly #clock: EngineClock;
  readonly #pace: Paced;
  #filter: ConnectionFilter = readConnectionFilter('');
  #sort: ConnectionSort = { column: 'ip', descending: false };
  #gathering = ungrouped;
  #frozen = false;
  #ordered = nothing;
  #end: (() => void) | null = null;

  constructor(store: ConnectionsStore, clock: EngineClock) {
    this.#store = store;
    this.#clock = clock;
    this.#pace = new Paced(everyMs, () => this.#compute());
  }

  readonly current = (): OrderedConnections => this.#ordered;

  /** Follows the store until the returned function is called. */
  follow(): () => void {
    this.#end?.();
    this.#end = this.#store.pace(this.#pace);
    this.#pace.now();
    return () => {
      this.#end?.();
      this.#end = null;
      this.#pace.stop();
      this.#store.holdDepartures(new Set());
    };
  }

  /** What the operator asks for; takes effect at once. */
  query(filter: ConnectionFilter, sort: ConnectionSort): void {
    this.#filter = filter;
    this.#sort = sort;
    this.#order();
  }

  /** Takes effect at once; an order that is frozen stays, and is grouped as it is. */
  gather(gathering: Gathering): void {
    this.#gathering = gathering;
    this.#show(this.#ordered);
  }

  freeze(frozen: boolean): void {
    this.#frozen = frozen;
    this.#hold();
    this.#pace.now();
  }

  #compute(): void {
    if (!this.#frozen) {
      this.#order();
      return;
    }
    const nowMs = this.#nowMs();
    const shown = new Set(this.#ordered.ids);
    let matching = 0;
    let arrivals = 0;
    let leased = 0;
    for (const row of this.#store.rows()) {
      leased += isLeased(row);
      const known = shown.has(row.id);
      if (known || this.#filter.test(row, nowMs)) {
        matching += 1;
        arrivals += known ? 0 : 1;
      }
    }
    this.#show({ ids: this.#ordered.ids, matching, total: this.#store.size, leased, arrivals });
  }

  #order(): void {
    const nowMs = this.#nowMs();
    const rows: ConnectionRow[] = [];
    let leased = 0;
    for (const row of this.#store.rows()) {
      leased += isLeased(row);
      if (this.#filter.test(row, nowMs)) {
        rows.push(row);
      }
    }
    const matching = rows.length;
    for (const { row } of this.#store.departures()) {
      if (this.#filter.test(row, nowMs)) {
        rows.push(row);
      }
    }
    this.#show({ ids: sortRows(rows, this.#sort), matching, total: this.#store.size, leased, arrivals: 0 });
    if (this.#frozen) {
      this.#hold();
    }
  }

  /** Ages are asked for by the time that the rows are of. */
  #nowMs(): number {
    return this.#store.leftAtMs ?? this.#clock.now();
  }

  /** Of those that go, a frozen order needs the ones that it shows, and no others however long it is frozen. */
  #hold(): void {
    this.#store.holdDepartures(new Set(this.#frozen ? this.#ordered.ids : []));
  }

  #show(ordered: Omit<OrderedConnections, 'lines'>): void {
    const rowOf = (id: number): ConnectionRow | undefined => this.#store.row(id) ?? this.#store.departed(id)?.row;
    this.#ordered = { ...ordered, lines: gatherLines(ordered.ids, rowOf, this.#gathering) };
    this.changes.changed();
  }
}
