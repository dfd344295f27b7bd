/** The configuration of the fake pool: the engine's own keys, what fits its limits, and how they are changed. */

import { z } from 'zod';
import { type AlertRule, alertRuleFacts } from '../../../core/contract/alerts.ts';
import {
  type ConfigApplied,
  type ConfigChange,
  type ConfigDiff,
  type ConfigKey,
  type ConfigPreview,
  type ConfigValue,
  configKeySchema,
  configPresetNames,
} from '../../../core/contract/config.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { RequestOutput } from '../../../core/contract/index.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpHostPlan } from '../../../core/contract/warm-up-plan.ts';
import described from './config-keys.json' with { type: 'json' };

/** As the engine describes them, with their defaults. */
const keys = z.array(configKeySchema).parse(described.keys);

export class FakeLimits {
  readonly #values: Map<string, ConfigValue>;

  constructor(maxConnections: number) {
    this.#values = new Map(keys.map((key) => [key.path, key.default]));
    this.#values.set('pool.max_connections', maxConnections);
    this.#values.set('pool.max_conns_per_host', Math.ceil(maxConnections / 2));
    this.#values.set('pool.max_idle_conns', maxConnections);
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
    return Number(this.#values.get(path) ?? 0);
  }

  keys(): ConfigKey[] {
    return keys.map((key) => ({ ...key, value: this.#values.get(key.path) ?? key.default }));
  }

  /** The reference's presets, and what each of them would change. */
  presets(): RequestOutput<'config.presets'>['presets'] {
    return described.presets.flatMap(({ name: known, title, values }) => {
      const name = configPresetNames.find((each) => each === known);
      return name === undefined ? [] : [{ name, title, values, diff: this.preview({ changes: values }).diff }];
    });
  }

  get revision(): string {
    return JSON.stringify([...this.#values]);
  }

  preview({ changes }: Pick<ConfigChange, 'changes'>): ConfigPreview {
    const faults: ConfigPreview['faults'] = [];
    const diff = Object.entries(changes).flatMap(([path, wanted]) => {
      const key = keys.find((one) => one.path === path);
      const before = this.#values.get(path);
      if (key === undefined || before === undefined) {
        faults.push({ path, line: null, column: null, message: `${path} is not a key.` });
        return [];
      }
      const after = wanted ?? key.default;
      return String(before) === String(after) ? [] : [{ path, before, after, applies: key.applies }];
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
      if (after !== null) {
        this.#values.set(path, after);
      }
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
      comingIps: 0,
      wanted,
      fits: Math.min(wanted, room),
      clippedBy: wanted <= room ? null : clippedBy,
      fitsAfterChanges: wanted,
      forbidden: { count: 0, ejected: 0, examples: [] },
      notOfHost: 0,
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
