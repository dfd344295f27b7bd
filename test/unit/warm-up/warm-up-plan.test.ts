import { describe, expect, it } from 'vitest';
import { type ConnectionLimit, warmUpPlanSchema } from '../../../core/contract/warm-up-plan.ts';
import { type HostDemand, planWarmUp } from '../../../core/warm-up/warm-up-plan.ts';
import { hostPlanOf } from '../../support/warm-up-fixtures.ts';

interface Wish {
  readonly wanted: number;
  readonly ofHost?: number;
  readonly ips?: number;
}

/** Limits of 100 for the pool, 50 for each host, 60 idle; `live` connections are idle now. */
function demands(wishes: readonly Wish[], live = 0): HostDemand[] {
  return wishes.map(({ wanted, ofHost = 0, ips = 500 }, index) => {
    const limits: ConnectionLimit[] = [
      { key: 'max_conns_per_host', limit: 50, inUse: ofHost },
      { key: 'max_connections', limit: 100, inUse: live },
      { key: 'max_idle_conns', limit: 60, inUse: live },
    ];
    const {
      fits: _fits,
      clippedBy: _clipped,
      fitsAfterChanges: _after,
      ...plan
    } = hostPlanOf({ host: `${index}.test`, ips, wanted });
    return { plan, limits };
  });
}

const plan = (wishes: readonly Wish[], live?: number) => warmUpPlanSchema.parse(planWarmUp(demands(wishes, live)));

describe('the plan of a warm-up', () => {
  it('fits, and needs no change', () => {
    expect(plan([{ wanted: 20 }, { wanted: 30 }])).toMatchObject({
      wanted: 50,
      fits: 50,
      clippedBy: null,
      changes: [],
      fitsAfterChanges: 50,
    });
  });

  it('names the limit that is nearest, and every limit that would be next', () => {
    const { hosts, changes, ...sums } = plan([{ wanted: 150, ofHost: 10 }], 10);
    expect(sums).toMatchObject({ wanted: 150, fits: 40, fitsAfterChanges: 150 });
    expect(hosts[0]?.fitsAfterChanges).toBe(150);
    expect(hosts[0]?.clippedBy).toEqual({ key: 'max_conns_per_host', limit: 50, inUse: 10 });
    expect(changes).toEqual([
      { path: 'pool.max_connections', before: 100, after: 176 },
      { path: 'pool.max_conns_per_host', before: 50, after: 176 },
      { path: 'pool.max_idle_conns', before: 60, after: 176 },
    ]);
  });

  it('offers limits that hold what is leased now, once it is idle again', () => {
    const busy = demands([{ wanted: 30 }]).map(({ plan: host, limits }) => ({
      plan: host,
      limits: limits.map((limit) => (limit.key === 'max_connections' ? { ...limit, inUse: 90 } : limit)),
    }));
    const { changes } = planWarmUp(busy);
    expect(changes.map(({ path, after }) => [path, after])).toEqual([
      ['pool.max_connections', 132],
      ['pool.max_idle_conns', 132],
    ]);
  });

  it('raises a limit that would hold the job by itself, so that the change is a configuration that is valid', () => {
    const { changes } = plan([{ wanted: 95 }]);
    expect(changes).toEqual([
      { path: 'pool.max_connections', before: 100, after: 105 },
      { path: 'pool.max_conns_per_host', before: 50, after: 105 },
      { path: 'pool.max_idle_conns', before: 60, after: 105 },
    ]);
  });

  it('gives hosts that want more than there is an equal share, and what one leaves to the others', () => {
    const { hosts, clippedBy } = plan([{ wanted: 40 }, { wanted: 4 }, { wanted: 40 }]);
    expect(hosts.map(({ fits }) => fits)).toEqual([28, 4, 28]);
    expect(hosts.map((host) => host.clippedBy?.key ?? null)).toEqual(['max_idle_conns', null, 'max_idle_conns']);
    expect(clippedBy?.key).toBe('max_idle_conns');
  });

  it('says which of two limits holds a host', () => {
    const { hosts } = plan([{ wanted: 20, ofHost: 45 }, { wanted: 80 }], 45);
    expect(hosts.map(({ fits, clippedBy }) => [fits, clippedBy?.key])).toEqual([
      [5, 'max_conns_per_host'],
      [10, 'max_idle_conns'],
    ]);
  });

  it('raises no limit beyond its hard range, and says what would fit then', () => {
    const { changes, fitsAfterChanges } = plan([{ wanted: 15_000 }, { wanted: 15_000 }]);
    expect(changes.map(({ after }) => after)).toEqual([20_000, 16_500, 20_000]);
    expect(fitsAfterChanges).toBe(20_000);
  });

  it('fits nothing where no IP may be dialled, and takes no room for it', () => {
    const { hosts, changes } = plan([{ wanted: 200, ips: 0 }, { wanted: 50 }]);
    expect(hosts.map(({ fits, clippedBy }) => [fits, clippedBy?.key ?? null])).toEqual([
      [0, 'no-allowed-ip'],
      [50, null],
    ]);
    expect(changes).toEqual([]);
  });
});
