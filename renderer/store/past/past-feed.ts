/**
 * The streams of connections, figures, health and warm-ups as they would have come then: stores that listen here show a moment of
 * the past with nothing of their own changed. Other streams go on as they are.
 */
import type { ConnectionRow, ConnectionsFrame } from '../../../core/contract/connections.ts';
import type { HealthFrame, IpHealth } from '../../../core/contract/health.ts';
import type { HistoryMoment } from '../../../core/contract/history-moment.ts';
import type {
  ConsoleApi,
  RequestInput,
  RequestName,
  RequestOutput,
  StreamFrame,
  StreamName,
} from '../../../core/contract/index.ts';
import type { PoolSample, StatisticsFrame } from '../../../core/contract/statistics.ts';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import type { WarmUpFrame } from '../../../core/contract/warm-up.ts';
import type { WarmUpCell, WarmUpRun } from '../../../core/contract/warm-up-run.ts';

/** As the live stream keeps them: a quarter of an hour of seconds. */
const keptSamples = 900;

type RunKey = Pick<WarmUpRun, 'id' | 'startedAtMs'>;

function keyOf({ host, ip, port }: Pick<IpHealth, 'host' | 'ip' | 'port'>): string {
  return `${host} ${ip} ${port}`;
}

/** Those who follow one stream. Whoever comes hears the picture first, once there is one. */
class Channel<Frame> {
  readonly #begun = new Set<(frame: Frame) => void>();
  readonly #picture: () => Frame | null;

  constructor(picture: () => Frame | null) {
    this.#picture = picture;
  }

  join(listener: (frame: Frame) => void): () => void {
    let stays = true;
    queueMicrotask(() => {
      if (stays) {
        this.#begun.add(listener);
        const picture = this.#picture();
        if (picture !== null) {
          listener(picture);
        }
      }
    });
    return () => {
      stays = false;
      this.#begun.delete(listener);
    };
  }

  send(frame: Frame): void {
    for (const listener of [...this.#begun]) {
      listener(frame);
    }
  }
}

export class PastFeed implements ConsoleApi {
  readonly #api: ConsoleApi;
  readonly #rows = new Map<number, ConnectionRow>();
  readonly #ips = new Map<string, IpHealth>();
  readonly #connections = new Channel<ConnectionsFrame>(() => this.#moment && this.#allConnections(this.#moment));
  readonly #statistics = new Channel<StatisticsFrame>(
    () => this.#moment && { statistics: this.#moment.statistics, samples: [...this.#samples] },
  );
  readonly #health = new Channel<HealthFrame>(() => this.#moment && this.#allHealth(this.#moment));
  readonly #warmUp = new Channel<WarmUpFrame>(() => this.#moment && this.#allRuns());
  #moment: HistoryMoment | null = null;
  #runs: readonly WarmUpRun[] = [];
  /** What came of the connections of one run that is among those of the moment. */
  #told: { readonly run: RunKey; readonly cells: WarmUpCell[] } | null = null;
  #samples: readonly PoolSample[] = [];
  #seq = 0;

  constructor(api: ConsoleApi) {
    this.#api = api;
  }

  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    return this.#api.request(name, input);
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    const channels: { readonly [Each in StreamName]?: Channel<StreamFrame<Each>> } = {
      connections: this.#connections,
      statistics: this.#statistics,
      health: this.#health,
      warmUp: this.#warmUp,
    };
    return channels[stream]?.join(listener) ?? this.#api.subscribe(stream, listener);
  }

  /** `samples`: the curves up to the moment, all of them after a jump, the newest after a step; `runs`: as they were then. */
  show(moment: HistoryMoment, samples: readonly PoolSample[], runs: readonly WarmUpRun[]): void {
    const { reset, upserts, removes, health } = moment;
    if (reset) {
      this.#rows.clear();
      this.#ips.clear();
    }
    for (const row of upserts) {
      this.#rows.set(row.id, row);
    }
    for (const { id } of removes) {
      this.#rows.delete(id);
    }
    for (const one of health.upserts) {
      this.#ips.set(keyOf(one), one);
    }
    for (const one of health.removes) {
      this.#ips.delete(keyOf(one));
    }
    this.#moment = moment;
    this.#runs = runs;
    this.#samples = reset ? samples : [...this.#samples, ...samples].slice(-keptSamples);
    this.#seq += 1;
    this.#connections.send(this.#changes(moment));
    this.#statistics.send({ statistics: moment.statistics, samples: [...samples] });
    if (this.#told !== null && !runs.some((run) => this.hasTold(run))) {
      // At a moment before it, and once it is forgotten, nobody keeps them: they are to be told again.
      this.#told = null;
      this.#warmUp.send(this.#allRuns());
    } else {
      // Cells that have been told stay: how a run ended is the same at each moment after.
      this.#warmUp.send({ ...this.#allRuns(), reset: false, cells: [] });
    }
    this.#health.send(reset ? this.#allHealth(moment) : { ...health, atMs: moment.atMs, reset });
  }

  /** Whether it is the run whose cells are told: two engines may number theirs alike. */
  hasTold({ id, startedAtMs }: RunKey): boolean {
    return this.#told?.run.id === id && this.#told.run.startedAtMs === startedAtMs;
  }

  /** What came of the connections of one run, in place of the one before: so that what is kept has an end. */
  tellCells(run: RunKey, cells: readonly WarmUpCell[]): void {
    // The moment may be another by now, at which the run was not there: then nobody would keep them.
    if (this.#runs.some(({ id, startedAtMs }) => id === run.id && startedAtMs === run.startedAtMs)) {
      this.#told = { run, cells: [...cells] };
      this.#warmUp.send(this.#allRuns());
    }
  }

  #allRuns(): WarmUpFrame {
    const cells = this.#told ? [{ runId: this.#told.run.id, cells: this.#told.cells }] : [];
    return { reset: true, runs: [...this.#runs], remembered: this.#runs.map(({ id }) => id), cells };
  }

  /** One that went for a reason nobody knows cannot be shown as going: then everything is told anew. */
  #changes(moment: HistoryMoment): ConnectionsFrame {
    const { atMs, statistics, upserts } = moment;
    const removes = moment.removes.flatMap(({ id, reason }): { id: number; reason: CloseReason }[] =>
      reason === null ? [] : [{ id, reason }],
    );
    return moment.reset || removes.length < moment.removes.length
      ? this.#allConnections(moment)
      : { seq: this.#seq, atMs, reset: false, unfinished: false, upserts, removes, counters: statistics };
  }

  #allConnections({ atMs, statistics }: HistoryMoment): ConnectionsFrame {
    const upserts = [...this.#rows.values()];
    return { seq: this.#seq, atMs, reset: true, unfinished: false, upserts, removes: [], counters: statistics };
  }

  #allHealth({ atMs, health: { hosts, localOutage } }: HistoryMoment): HealthFrame {
    return { atMs, reset: true, hosts, localOutage, upserts: [...this.#ips.values()], removes: [] };
  }
}
