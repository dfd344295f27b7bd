/** How many connections a warm-up is for, and where they go: pure arithmetic, before anything is dialled. */
import { configKeys } from '../config/schema.ts';
import type { ConnectionLimit, WarmUpHostPlan, WarmUpPlan } from '../contract/warm-up-plan.ts';
import type { Endpoint } from '../dial/endpoint.ts';

/** One host of a job: where it may be dialled, and what is in the way. */
export interface HostDemand {
  readonly plan: Omit<WarmUpHostPlan, 'fits' | 'clippedBy' | 'fitsAfterChanges'>;
  /** What one more connection to it counts against; what other runs have been promised is in use. */
  readonly limits: readonly ConnectionLimit[];
}

/**
 * A limit clips; it never fails the whole. Where the hosts together want more than is left, each gets an equal share, and
 * what one does not need goes to the others.
 */
export function planWarmUp(demands: readonly HostDemand[]): WarmUpPlan {
  const limits = demands.map((demand) => demand.limits);
  const fits = shareOut(demands, limits);
  const clips = demands.some(({ plan }, index) => (fits[index] ?? 0) < plan.wanted);
  const changes = clips ? changesFor(demands) : [];
  const raised = limits.map((ofHost) => ofHost.map((limit) => raisedBy(limit, changes)));
  const fitsAfterChanges = shareOut(demands, raised);
  const hosts = demands.map((demand, index) => ({
    ...hostPlan(demand, fits[index] ?? 0),
    fitsAfterChanges: fitsAfterChanges[index] ?? 0,
  }));
  return {
    hosts,
    ips: sum(hosts.map((host) => host.ips)),
    warmIps: sum(hosts.map((host) => host.warmIps)),
    comingIps: sum(hosts.map((host) => host.comingIps)),
    wanted: sum(hosts.map((host) => host.wanted)),
    fits: sum(fits),
    clippedBy: hosts.find((host) => host.clippedBy !== null)?.clippedBy ?? null,
    changes,
    fitsAfterChanges: sum(fitsAfterChanges),
  };
}

/** One endpoint for each connection, dealt out in turn: none gets a second one before each has its first. */
export function spreadOver(endpoints: readonly Endpoint[], connections: number): Endpoint[] {
  const dealt: Endpoint[] = [];
  for (let index = 0; index < connections; index += 1) {
    const endpoint = endpoints[index % endpoints.length];
    if (endpoint) {
      dealt.push(endpoint);
    }
  }
  return dealt;
}

function hostPlan({ plan, limits }: HostDemand, fits: number): Omit<WarmUpHostPlan, 'fitsAfterChanges'> {
  if (plan.ips === 0 && plan.error === null) {
    return { ...plan, fits: 0, clippedBy: { key: 'no-allowed-ip', limit: 0, inUse: 0 } };
  }
  if (fits >= plan.wanted || plan.error !== null) {
    return { ...plan, fits, clippedBy: null };
  }
  const own = limits.find((limit) => isOwn(limit) && free(limit) <= fits);
  const [nearest] = limits.filter((limit) => !isOwn(limit)).sort((one, other) => free(one) - free(other));
  return { ...plan, fits, clippedBy: own ?? nearest ?? null };
}

/** `max_conns_per_host` is each host's own; the others are shared by all. */
function isOwn({ key }: ConnectionLimit): boolean {
  return key === 'max_conns_per_host';
}

function free({ limit, inUse }: ConnectionLimit): number {
  return Math.max(0, limit - inUse);
}

/** What each host gets. */
function shareOut(demands: readonly HostDemand[], limits: readonly (readonly ConnectionLimit[])[]): number[] {
  const wants = demands.map(({ plan }, index) => {
    const own = limits[index]?.find(isOwn);
    return plan.ips === 0 ? 0 : Math.min(plan.wanted, own ? free(own) : plan.wanted);
  });
  const shared = limits.flatMap((ofHost) => ofHost.filter((limit) => !isOwn(limit)).map(free));
  let left = Math.min(...shared, sum(wants));
  const gets = wants.map(() => 0);
  // The smallest wish first: whoever wants less than an equal share leaves the rest to those after.
  const order = wants.map((_, index) => index).sort((one, other) => (wants[one] ?? 0) - (wants[other] ?? 0));
  for (const [position, index] of order.entries()) {
    const share = Math.ceil(left / (order.length - position));
    const get = Math.min(wants[index] ?? 0, share, left);
    gets[index] = get;
    left -= get;
  }
  return gets;
}

type Limits = Exclude<ConnectionLimit['key'], 'no-allowed-ip'>;

/** Over what a job needs: so much is left to traffic, refills and connections that are replaced while it runs. */
const headroomShare = 0.1;

/**
 * One limit clips first, but raising it alone may only run into the next: all are raised as far as the job needs, and
 * far enough that what else the pool does meanwhile takes no place away from it.
 */
function changesFor(demands: readonly HostDemand[]): WarmUpPlan['changes'] {
  const needed = new Map<Limits, { before: number; need: number }>();
  const wantedOf = ({ plan }: HostDemand): number => (plan.ips === 0 ? 0 : plan.wanted);
  const wanted = sum(demands.map(wantedOf));
  for (const demand of demands) {
    // What is leased now comes back, and is idle then: the limit on idle ones has to hold every connection.
    const live = Math.max(...demand.limits.filter((limit) => !isOwn(limit)).map(({ inUse }) => inUse));
    for (const limit of demand.limits) {
      if (limit.key !== 'no-allowed-ip') {
        const need = isOwn(limit) ? limit.inUse + wantedOf(demand) : live + wanted;
        const known = needed.get(limit.key);
        needed.set(limit.key, { before: limit.limit, need: Math.max(need, known?.need ?? 0) });
      }
    }
  }
  if (needed.values().every(({ before, need }) => need <= before)) {
    return [];
  }
  return Array.from(needed, ([key, { before, need }]) => {
    const path = `pool.${key}` as const;
    const after = need + Math.ceil(need * headroomShare);
    return { path, before, after: Math.min(after, configKeys[path].hard?.[1] ?? after) };
  })
    .filter(({ before, after }) => after > before)
    .sort((one, other) => order(one.path) - order(other.path));
}

const paths = Object.keys(configKeys);

/** As in the default file. */
function order(path: string): number {
  return paths.indexOf(path);
}

function raisedBy(limit: ConnectionLimit, changes: WarmUpPlan['changes']): ConnectionLimit {
  const change = changes.find(({ path }) => path === `pool.${limit.key}`);
  return change && typeof change.after === 'number' ? { ...limit, limit: change.after } : limit;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
