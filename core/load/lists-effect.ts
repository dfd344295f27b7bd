/**
 * What the access lists are worth on a fleet of which a part fails. A pool warms up over a part of the fleet and its own
 * automaton fills the lists, as it would in an earlier run of the console. Then four pools that know nothing begin cold:
 * without lists, with the white one, with the black one, with both; a third as many callers as there are IPs ask at once, each
 * for a connection of its own. What is counted is attempts, the dial with its validation: each goes to an IP that this pool
 * has not met before, so nothing but the lists tells good from bad.
 */
import type { Clock } from '../base/clock.ts';
import { type Random, randomIndex } from '../base/random.ts';
import { defaultSettings } from '../config/engine-settings.ts';
import type { EngineSettings, TargetSettings } from '../config/settings.ts';
import {
  type ListArm,
  type ListArmResult,
  type ListsEffect,
  listArms,
  listsEffectTargets,
} from '../contract/lists-effect.ts';
import type { ProgramPool } from '../engine/program-pool.ts';
import type { Lease } from '../pool/lease.ts';

/** Which the lists have been learned from: an earlier run has not met every IP. */
const learnedShare = 0.75;
/** Three attempts in all, which is what it takes until an IP that fails is ejected. */
const learningRetries = 2;
/** Few enough that even without lists there are IPs left that nobody has tried. */
const ipsPerCaller = 3;
const attemptTimeoutMs = 2_000;

export interface Lists {
  readonly allowedIps: readonly string[];
  readonly blockedIps: readonly string[];
}

export interface ListsEffectOptions {
  readonly seed: number;
  readonly hosts: readonly { readonly host: string; readonly ips: readonly string[] }[];
  /** Of the hosts' IPs. */
  readonly failing: number;
  readonly clock: Clock;
  readonly random: Random;
  /** A pool with these lists and no knowledge. */
  readonly open: (lists: Lists) => ProgramPool;
  /** Ends the measurement: its promise is rejected with the reason. */
  readonly signal: AbortSignal;
}

/** @throws the signal's reason when it aborts. */
export async function measureListsEffect(options: ListsEffectOptions): Promise<ListsEffect> {
  const { seed, hosts, failing } = options;
  const learned = await learn(options);
  const arms: ListArmResult[] = [];
  for (const arm of listArms) {
    arms.push(await measureArm(options, arm, learned));
  }
  const of = (wanted: ListArm): ListArmResult | undefined => arms.find(({ arm }) => arm === wanted);
  const success = (arm: ListArm): number => of(arm)?.successRate ?? 0;
  const failures = (arm: ListArm): number => of(arm)?.failures ?? 0;
  const whiteLift = success('off') === 0 ? 0 : success('white') / success('off') - 1;
  const bothLift = success('off') === 0 ? 0 : success('both') / success('off') - 1;
  const blackCut = failures('off') === 0 ? 0 : 1 - failures('black') / failures('off');
  return {
    seed,
    endpoints: hosts.reduce((sum, { ips }) => sum + ips.length, 0),
    failing,
    whitelist: learned.allowedIps.length,
    blacklist: learned.blockedIps.length,
    arms,
    whiteLift,
    blackCut,
    bothLift,
    met:
      whiteLift >= listsEffectTargets.whiteLift &&
      blackCut >= listsEffectTargets.blackCut &&
      bothLift >= listsEffectTargets.bothLift,
  };
}

/** Settings under which so many IPs of these targets can be connected to at once, and under which an arm soon ends. */
export function listsEffectSettings(endpoints: number, targets: readonly TargetSettings[]): EngineSettings {
  const settings = defaultSettings({ targets });
  return {
    ...settings,
    pool: {
      ...settings.pool,
      maxConnections: 2 * endpoints,
      maxConnectionsPerHost: 2 * endpoints,
      maxIdleConnections: 2 * endpoints,
      connTimeoutMs: attemptTimeoutMs,
      testTimeoutMs: attemptTimeoutMs,
      // A share of failures is what is measured here, not a reason to stop.
      minIdlePerHost: 0,
    },
  };
}

/** A warm-up over a part of each host's IPs; what the automaton makes of it are the lists. */
async function learn({ hosts, random, open, signal }: ListsEffectOptions): Promise<Lists> {
  const pool = open({ allowedIps: [], blockedIps: [] });
  try {
    await Promise.all(
      hosts.map(({ host, ips }) =>
        untilAborted(
          signal,
          pool.warmUp({
            hosts: [host],
            ips: pick(random, ips, Math.round(ips.length * learnedShare)),
            concurrency: ips.length,
            timeoutMs: attemptTimeoutMs,
            retries: learningRetries,
          }),
        ),
      ),
    );
    return { allowedIps: pool.allowedIps(), blockedIps: pool.blockedIps() };
  } finally {
    await pool.close(AbortSignal.abort());
  }
}

async function measureArm(options: ListsEffectOptions, arm: ListArm, learned: Lists): Promise<ListArmResult> {
  const { hosts, clock, open, signal } = options;
  const pool = open({
    allowedIps: arm === 'white' || arm === 'both' ? learned.allowedIps : [],
    blockedIps: arm === 'black' || arm === 'both' ? learned.blockedIps : [],
  });
  let attempts = 0;
  let failures = 0;
  const stopListening = pool.pool.onLook(({ outcome, kind }) => {
    if (kind === 'dial') {
      attempts += 1;
      failures += Number(outcome !== 'good');
    }
  });
  try {
    const beganMs = clock.monotonicMs();
    const callers = hosts.flatMap(({ host, ips }) =>
      Array.from({ length: Math.ceil(ips.length / ipsPerCaller) }, () => host),
    );
    const asked = callers.map((host) => pool.pool.acquire(host, { signal }));
    const settled = await Promise.allSettled(asked);
    signal.throwIfAborted();
    const tookMs = clock.monotonicMs() - beganMs;
    const leases = settled.flatMap((one): Lease[] => (one.status === 'fulfilled' ? [one.value] : []));
    const result = {
      arm,
      wanted: callers.length,
      served: leases.length,
      attempts,
      failures,
      successRate: attempts === 0 ? 0 : (attempts - failures) / attempts,
      tookMs,
    };
    for (const lease of leases) {
      lease.release();
    }
    return result;
  } finally {
    stopListening();
    await pool.close(AbortSignal.abort());
  }
}

/** So many of them, each once. */
export function pick<Item>(random: Random, among: readonly Item[], count: number): Item[] {
  const left = [...among];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(randomIndex(random, left.length), 1),
  ).flat();
}

function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) {
    onAbort();
  }
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', onAbort));
}
