/** From the living pool to the time machine: each second what is another than before, connection by connection. */
import type { ConnectionRow } from '../contract/connections.ts';
import type { HostHealth, LocalOutage } from '../contract/health.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { WarmUpProgress } from '../contract/warm-up-progress.ts';
import type { PoolSecond, PoolView, RememberedPool } from '../pool/pool-ports.ts';
import type { History } from './history.ts';
import { type MovedRow, toMoved, withoutNoise } from './moment-frame.ts';

/** Connections that are read in one second, so that no second is long; the others follow in the next ones. */
const readAtOnce = 1_500;

export interface RememberedHosts {
  hosts(): { readonly hosts: readonly HostHealth[]; readonly localOutage: LocalOutage | null };
}

export interface MomentJournalOptions {
  readonly pool: Pick<RememberedPool, 'observe' | 'onSecond'> & Pick<PoolView, 'rows' | 'row'>;
  /** How the hosts are now. */
  readonly hosts: RememberedHosts['hosts'];
  /** The warm-ups that go on now. */
  readonly warmUps: () => readonly WarmUpProgress[];
  readonly history: Pick<History, 'recordMoment' | 'onGap'>;
}

export class MomentJournal {
  readonly #options: MomentJournalOptions;
  readonly #stops: readonly (() => void)[];
  readonly #changed = new Set<number>();
  readonly #closed = new Map<number, CloseReason>();
  /** Told with everything that stays as it is from the handshake on. */
  readonly #whole = new Set<number>();
  /** The next moment begins a new picture. */
  #reset = true;
  #seq = 0;

  /** Listens at once. */
  constructor(options: MomentJournalOptions) {
    this.#options = options;
    this.#stops = [
      options.pool.observe({
        changed: (id) => this.#changed.add(id),
        closed: (id, reason) => {
          this.#changed.delete(id);
          this.#whole.delete(id);
          this.#closed.set(id, reason);
        },
      }),
      options.pool.onSecond((second) => this.#record(second)),
      options.history.onGap(() => this.#beginAnew()),
    ];
    this.#beginAnew();
  }

  close(): void {
    for (const stop of this.#stops) {
      stop();
    }
  }

  /** Something that was told did not come to the disk: everything is told once more. */
  #beginAnew(): void {
    this.#reset = true;
    this.#whole.clear();
    this.#closed.clear();
    for (const { id } of this.#options.pool.rows()) {
      this.#changed.add(id);
    }
  }

  #record({ statistics }: PoolSecond): void {
    const { pool, history, hosts, warmUps } = this.#options;
    const born: ConnectionRow[] = [];
    const moved: MovedRow[] = [];
    for (const id of this.#changed.values().take(readAtOnce)) {
      this.#changed.delete(id);
      const row = pool.row(id);
      if (row && this.#whole.has(id)) {
        moved.push(toMoved(row));
      } else if (row) {
        born.push(withoutNoise(row));
        if (row.state !== 'dialing' && row.state !== 'validating') {
          this.#whole.add(id);
        }
      }
    }
    this.#seq += 1;
    history.recordMoment({
      seq: this.#seq,
      reset: this.#reset,
      statistics,
      ...hosts(),
      warmUps: warmUps(),
      born,
      moved,
      closed: [...this.#closed],
    });
    this.#reset = false;
    this.#closed.clear();
  }
}
