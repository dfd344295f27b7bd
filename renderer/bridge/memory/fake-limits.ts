/** The limits of the fake pool: what fits them, and how they are changed. */
import { type AlertRule, alertRuleFacts } from '../../../core/contract/alerts.ts';
import type {
  ConfigApplied,
  ConfigChange,
  ConfigDiff,
  ConfigKey,
  ConfigPreview,
} from '../../../core/contract/config.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { WarmUpHostPlan, WarmUpJob } from '../../../core/contract/warm-up.ts';

const thresholds: Readonly<Record<string, number>> = {
  'alerts.success_rate': 0.8,
  'alerts.response_time': 5,
  'alerts.healthy_share': 0.5,
  'alerts.reuse_rate': 0.5,
  'alerts.wait_p95': 1,
  'alerts.loop_delay': 0.05,
  'alerts.warm_up_success': 0.8,
  'alerts.disk_free': 50,
  'alerts.hold': 30,
  'alerts.clear_hold': 10,
  'alerts.clear_margin': 0.1,
  'alerts.reopen_within': 300,
};

const unitOf: Readonly<Record<string, string>> = {
  'alerts.response_time': 's',
  'alerts.wait_p95': 's',
  'alerts.loop_delay': 's',
  'alerts.disk_free': 'MB',
  'alerts.hold': 's',
  'alerts.clear_hold': 's',
  'alerts.reopen_within': 's',
};

export class FakeLimits {
  readonly #values: Record<string, number>;

  constructor(maxConnections: number) {
    this.#values = {
      'pool.max_connections': maxConnections,
      'pool.max_conns_per_host': Math.ceil(maxConnections / 2),
      'pool.max_idle_conns': maxConnections,
      ...thresholds,
    };
  }

  /** In the unit of the rule's figure; null when it has none. */
  threshold(rule: AlertRule): number | null {
    const { key, unit } = alertRuleFacts[rule];
    if (key === null) {
      return null;
    }
    return this.value(key) * (unit === 'milliseconds' ? 1_000 : unit === 'bytes' ? 1_000_000 : 1);
  }

  value(path: string): number {
    return this.#values[path] ?? 0;
  }

  keys(): ConfigKey[] {
    return Object.entries(this.#values).map(([path, value]) => {
      const isThreshold = path.startsWith('alerts.');
      return {
        path,
        value,
        default: thresholds[path] ?? 100,
        unit: isThreshold ? (unitOf[path] ?? '') : 'connections',
        meaning: '',
        recommended: isThreshold ? null : [50, 500],
        hard: isThreshold ? [0, 1_000] : [1, 20_000],
        kind: isThreshold ? 'number' : 'whole-number',
        options: [],
        allowed: isThreshold ? 'a number from 0 to 1,000' : 'a whole number from 1 to 20,000',
        applies: 'at-once',
        editable: true,
        written: !isThreshold,
      };
    });
  }

  get revision(): string {
    return JSON.stringify(this.#values);
  }

  preview({ changes }: ConfigChange): ConfigPreview {
    const faults: ConfigPreview['faults'] = [];
    const diff = Object.entries(changes).flatMap(([path, after]) => {
      const before = this.#values[path];
      if (before === undefined || typeof after !== 'number') {
        faults.push({ path, line: null, column: null, message: `${path} is not a key.` });
        return [];
      }
      return before === after ? [] : [{ path, before, after, applies: 'at-once' as const }];
    });
    return { faults, diff: faults.length > 0 ? [] : diff, warnings: [], effects: [], text: null };
  }

  update(change: ConfigChange): ConfigApplied {
    const { faults, diff } = this.preview(change);
    const [fault] = faults;
    if (fault) {
      throw new ContractError('invalid-input', fault.message, [{ at: fault.path, message: 'unknown key' }]);
    }
    for (const { path, after } of diff) {
      this.#values[path] = Number(after);
    }
    return { diff, warnings: [], effects: [], revision: this.revision, file: null, applied: true };
  }

  /** Of one host; `ofHost` and `total`: connections that are open now. */
  plan(job: WarmUpJob, host: string, ips: number, ofHost: number, total: number): WarmUpHostPlan {
    const wanted = job.connections === 'all-ips' ? ips : job.connections;
    const perHost = this.value('pool.max_conns_per_host');
    const all = this.value('pool.max_connections');
    const room = Math.max(0, Math.min(perHost - ofHost, all - total));
    const clippedBy =
      perHost - ofHost <= all - total
        ? ({ key: 'max_conns_per_host', limit: perHost, inUse: ofHost } as const)
        : ({ key: 'max_connections', limit: all, inUse: total } as const);
    return {
      host,
      ips,
      warmIps: 0,
      wanted,
      fits: Math.min(wanted, room),
      clippedBy: wanted <= room ? null : clippedBy,
      fitsAfterChanges: wanted,
      forbidden: { count: 0, examples: [] },
      error: null,
    };
  }

  /** So that so many more fit. */
  changesFor(wanted: number, ofHost: number, total: number): ConfigDiff {
    const needed = {
      'pool.max_connections': total + wanted,
      'pool.max_conns_per_host': ofHost + wanted,
      'pool.max_idle_conns': total + wanted,
    };
    return Object.entries(needed).flatMap(([path, after]) => {
      const before = this.value(path);
      return after > before ? [{ path, before, after }] : [];
    });
  }
}
