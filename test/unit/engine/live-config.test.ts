import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { makeConfig } from '../../../core/config/load-config.ts';
import type { EngineSettings } from '../../../core/config/settings.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { LiveConfig } from '../../../core/engine/live-config.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let applied: EngineSettings[];
let heard: EngineEvent[];
let live: LiveConfig;

beforeEach(() => {
  applied = [];
  heard = [];
  const events = new EventBus(new ManualClock());
  events.subscribe((event) => heard.push(event));
  const config = makeConfig({ file: null, given: { 'pool.max_connections': 600 }, targets: [] });
  live = new LiveConfig({ config, accepted: config.warnings, events, apply: (settings) => applied.push(settings) });
});

function liveValue(path: string): unknown {
  return live.describe().keys.find((key) => key.path === path)?.value;
}

describe('a change', () => {
  it('is applied whole, shown as a diff, and told', () => {
    const { diff } = live.update({ 'pool.idle_timeout': 90, 'pool.max_conns_per_host': 15 });
    expect(diff).toEqual([
      { path: 'pool.max_conns_per_host', before: 10, after: 15 },
      { path: 'pool.idle_timeout', before: 60, after: 90 },
    ]);
    expect(applied).toHaveLength(1);
    expect(applied[0]?.pool).toMatchObject({ idleTimeoutMs: 90_000, maxConnectionsPerHost: 15 });
    expect(live.settings).toBe(applied[0]);
    expect(liveValue('pool.idle_timeout')).toBe(90);
    expect(heard.map(({ kind, text }) => [kind, text])).toEqual([
      ['config.changed', 'the operator changed pool.max_conns_per_host 10 → 15, pool.idle_timeout 60 → 90'],
    ]);
  });

  it('with one bad key is refused whole, with an issue per key path', () => {
    const change = (): unknown =>
      live.update({ 'pool.idle_timeout': 90, 'pool.max_connections': 0, 'pool.idle_timeot': 3 });
    expect(change).toThrow(ContractError);
    try {
      change();
    } catch (error) {
      const issues = error instanceof ContractError ? error.issues.map(({ at }) => at) : [];
      expect(issues.toSorted()).toEqual(['pool.idle_timeot', 'pool.max_connections']);
    }
    expect(applied).toEqual([]);
    expect(liveValue('pool.idle_timeout')).toBe(60);
    expect(heard).toEqual([]);
  });

  it('that changes nothing applies nothing', () => {
    expect(live.update({ 'pool.idle_timeout': 60 }).diff).toEqual([]);
    expect(applied).toEqual([]);
    expect(heard).toEqual([]);
  });
});

it('warnings that were accepted at the start stay unsaid, new ones do not', () => {
  expect(live.warnings).toEqual([]);
  const { warnings } = live.update({ 'pool.conn_timeout': 5 });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('pool.conn_timeout');
  expect(live.describe().warnings).toEqual(warnings);
});
