import { beforeEach, describe, expect, it } from 'vitest';
import type { TargetSettings } from '../../../core/config/settings.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { WarmTargets } from '../../../core/engine/warm-targets.ts';
import { RecordingEvents } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { planOf } from '../../support/warm-up-fixtures.ts';

let clock: ManualClock;
let jobs: WarmUpJob[];
let connected: Map<string, number>;
/** IPs without a connection, by host. */
let cold: number;
let fits: number;
let targets: WarmTargets;

beforeEach(() => {
  clock = new ManualClock();
  jobs = [];
  connected = new Map();
  cold = 0;
  fits = 1_000;
  targets = new WarmTargets({
    warmUps: {
      start: (job) => jobs.push(job),
      plan: async ({ connections }) => {
        const wanted = connections === 'all-ips' ? cold : connections;
        return planOf({ wanted, fits: Math.min(wanted, fits) });
      },
      finished: async () => undefined,
    },
    events: new RecordingEvents(),
    clock,
    connectedTo: (host) => connected.get(host) ?? 0,
  });
});

function target(host: string, warm?: TargetSettings['warm']): TargetSettings {
  return { host: parseHostName(host), path: '/', ips: null, ...(warm === undefined ? {} : { warm }) };
}

const asked = (): unknown[] => jobs.map(({ hosts, connections }) => [hosts[0], connections]);

describe('[[targets]] warm', () => {
  it('warms each target that asks for it, and only what is cold', () => {
    targets.look([target('a.test', 20), target('b.test'), target('c.test:8443', 'all-ips')]);
    expect(jobs).toMatchObject([
      { hosts: ['a.test'], connections: 20, onlyCold: true },
      { hosts: ['c.test:8443'], connections: 'all-ips', onlyCold: true },
    ]);
  });

  it('warms at once only what asks for something else than before', () => {
    targets.look([target('a.test', 20)]);
    targets.look([target('a.test', 20), target('b.test', 5)]);
    targets.look([target('a.test', 30), target('b.test', 5)]);
    targets.look([target('a.test', 30)]);
    targets.look([target('a.test', 30), target('b.test', 5)]);
    expect(asked()).toEqual([
      ['a.test', 20],
      ['b.test', 5],
      ['a.test', 30],
      ['b.test', 5],
    ]);
  });

  it('warms again what was lost, as much as is missing', async () => {
    targets.look([target('a.test', 20), target('c.test', 'all-ips')]);
    connected.set('a.test', 20);
    jobs.length = 0;
    await clock.advance(600_000);
    expect(jobs).toEqual([]);
    connected.set('a.test', 3);
    cold = 4;
    await clock.advance(10_000);
    expect(jobs).toMatchObject([
      { hosts: ['a.test'], connections: 17, retries: 0 },
      { hosts: ['c.test'], connections: 'all-ips', onlyCold: true, retries: 0 },
    ]);
    connected.set('a.test', 20);
    cold = 0;
    await clock.advance(600_000);
    expect(jobs).toHaveLength(2);
  });

  it('tries ever more seldom what stays cold, and begins anew when it was warm', async () => {
    targets.look([target('a.test', 5)]);
    jobs.length = 0;
    await clock.advance(3_600_000);
    expect(jobs.length).toBeGreaterThan(6);
    expect(jobs.length).toBeLessThan(14);
    connected.set('a.test', 5);
    await clock.advance(600_000);
    connected.set('a.test', 4);
    jobs.length = 0;
    await clock.advance(10_000);
    expect(asked()).toEqual([['a.test', 1]]);
  });

  it('leaves alone what has no place, what is no target any more, and everything once it is closed', async () => {
    fits = 0;
    targets.look([target('a.test', 5)]);
    jobs.length = 0;
    await clock.advance(60_000);
    expect(jobs).toEqual([]);
    fits = 10;
    targets.look([target('a.test')]);
    await clock.advance(600_000);
    targets.look([target('a.test', 5)]);
    jobs.length = 0;
    targets.close();
    await clock.advance(600_000);
    expect(jobs).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});
