/** One host of a job, looked at before anything is dialled: where its connections may go. */

import type { WarmUpJob } from '../contract/warm-up-job.ts';
import type { ForbiddenIps, WarmUpHostError } from '../contract/warm-up-plan.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { ConnectionOpener, ForbiddenIp, WarmUpAddresses } from '../pool/pool-ports.ts';
import type { HostDemand } from './warm-up-plan.ts';

/** What a job is to do for one of its hosts. */
export interface HostWork {
  readonly host: HostName;
  /** Exactly these, one connection each: the failed ones of a run before. null: what the job says. */
  readonly only: readonly Endpoint[] | null;
}

export interface HostOutlook {
  readonly host: HostName;
  /** Over which its connections are spread, best known first. */
  readonly endpoints: readonly Endpoint[];
  readonly plan: HostDemand['plan'];
}

const mostExamples = 100;

type Lookout = Pick<ConnectionOpener, 'addressesOf' | 'forbids' | 'isWarm'>;

/**
 * A host without an address, or one that cannot be looked at, is told in the plan.
 * @throws the signal's reason when it aborts.
 */
export async function lookAt(
  opener: Lookout,
  job: WarmUpJob,
  work: HostWork,
  signal?: AbortSignal,
): Promise<HostOutlook> {
  try {
    const { host, only } = work;
    return outlookOf(
      opener,
      job,
      work,
      only ? sorted(opener, job, only) : await opener.addressesOf(host, job.ips, signal),
    );
  } catch (error) {
    signal?.throwIfAborted();
    return hopeless(work.host, wantedOf(job, job.ips?.length ?? 0), error);
  }
}

/** Nothing can be dialled there, and why. */
export function hopeless(host: HostName, wanted: number, error: unknown): HostOutlook {
  return { host, endpoints: [], plan: { ...emptyPlan(host), wanted, error: hostError(error) } };
}

function outlookOf(
  opener: Lookout,
  job: WarmUpJob,
  { host, only }: HostWork,
  { allowed, forbidden, notOfHost }: WarmUpAddresses,
): HostOutlook {
  const { false: cold = [], true: warm = [] } = Object.groupBy(allowed, (endpoint) => `${opener.isWarm(endpoint)}`);
  // Where a limit leaves no place to all, those that have none come before those that have one already.
  const everyOne = job.connections === 'all-ips' ? [...cold, ...warm] : allowed;
  const endpoints = job.onlyCold ? cold : everyOne;
  const nothingLeft = endpoints.length === 0 && allowed.length > 0;
  return {
    host,
    endpoints,
    plan: {
      ...emptyPlan(host),
      ips: allowed.length,
      warmIps: warm.length,
      wanted: only || nothingLeft ? endpoints.length : wantedOf(job, endpoints.length),
      forbidden: forbiddenIps(forbidden),
      notOfHost,
    },
  };
}

export function forbiddenIps(forbidden: readonly ForbiddenIp[]): ForbiddenIps {
  const ejected = forbidden.filter((each) => each.ejected).length;
  return { count: forbidden.length, ejected, examples: forbidden.slice(0, mostExamples) };
}

/** What the automaton has ejected is left in: whoever asks for these very ones has it probed first. */
function sorted(opener: Lookout, { ips }: WarmUpJob, endpoints: readonly Endpoint[]): WarmUpAddresses {
  const allowed: Endpoint[] = [];
  const forbidden = new Map<string, ForbiddenIp>();
  for (const endpoint of endpoints) {
    const why = opener.forbids(endpoint, ips === null);
    if (why === null || why.ejected) {
      allowed.push(endpoint);
    } else {
      forbidden.set(endpoint.ip, { ip: endpoint.ip, ...why });
    }
  }
  return { allowed, forbidden: [...forbidden.values()], notOfHost: 0 };
}

function wantedOf({ connections }: WarmUpJob, ips: number): number {
  return connections === 'all-ips' ? ips : connections;
}

function emptyPlan(host: HostName): HostOutlook['plan'] {
  const forbidden = forbiddenIps([]);
  return { host: host.name, ips: 0, warmIps: 0, comingIps: 0, wanted: 0, forbidden, notOfHost: 0, error: null };
}

function hostError(error: unknown): WarmUpHostError {
  if (error instanceof ClassifiedError) {
    return { class: error.errorClass, message: error.message };
  }
  return { class: 'internal', message: error instanceof Error ? error.message : String(error) };
}
