/** What a warm-up is asked to do. */
import { z } from 'zod';
import { hostNameSchema } from './vocabulary.ts';

export const warmUpScenarioNames = ['high-availability', 'medium-load', 'low-latency', 'unstable-network'] as const;

/** The reference's four scenarios (document 000), with the value taken in each range. */
export const warmUpScenarios = {
  'high-availability': { connections: 150, concurrency: 75, timeoutMs: 10_000, retries: 3 },
  'medium-load': { connections: 75, concurrency: 37, timeoutMs: 15_000, retries: 2 },
  'low-latency': { connections: 35, concurrency: 17, timeoutMs: 5_000, retries: 1 },
  'unstable-network': { connections: 20, concurrency: 7, timeoutMs: 20_000, retries: 4 },
} as const satisfies Record<
  (typeof warmUpScenarioNames)[number],
  { connections: number; concurrency: number; timeoutMs: number; retries: number }
>;

/** The most connections, and the most IPs, of one job. */
export const mostWarmUpConnections = 20_000;
/** Dials in flight to one host where nobody says otherwise (document 000, maxConcurrentWarmup). */
export const defaultWarmUpConcurrency = 10;
/** Dials that a job may ask to be begun in a second at most. */
export const mostWarmUpDialsPerSecond = 1_000;

/** Of a job as it is asked for; a run shows it again. */
export const warmUpJobKeys = {
  /** Warmed side by side; each once. */
  hosts: z.array(hostNameSchema).min(1, 'a host is needed').max(100),
  /** For each host: `all-ips` means one connection for each IP, a number that many, spread over the IPs. */
  connections: z
    .union([z.literal('all-ips'), z.int().min(1).max(mostWarmUpConnections)], {
      error: '"all-ips", or a whole number from 1 to 20,000',
    })
    .default('all-ips'),
  /** These IPs in place of the ones that each host has; null: the host's own. */
  ips: z.array(z.string().trim().min(1).max(64)).min(1).max(mostWarmUpConnections).nullable().default(null),
  /** IPs that have a healthy connection already are left out. */
  onlyCold: z.boolean().default(false),
  /** The job's ceiling of dials in flight, all hosts together; the engine's own pace may hold it lower. null: 10 to each host. */
  concurrency: z.int().min(1).max(1_000).nullable().default(null),
  /** The job's pace: dials begun in a second at most, retries among them, all hosts together. null: as fast as the engine dials. */
  dialsPerSecond: z.int().min(1).max(mostWarmUpDialsPerSecond).nullable().default(null),
  /** Bounds one attempt from dial to verdict. */
  timeoutMs: z.int().min(100).max(300_000).default(10_000),
  /** Retries after the first attempt. */
  retries: z.int().min(0).max(10).default(3),
};

/** A key that does not exist is refused: what somebody meant by it would be left out without a word. */
export const warmUpJobSchema = z.strictObject(warmUpJobKeys, {
  error: ({ code, keys }) =>
    code === 'unrecognized_keys'
      ? `a warm-up has no ${JSON.stringify(keys[0])}: it has ${Object.keys(warmUpJobKeys).join(', ')}`
      : undefined,
});
export type WarmUpJob = z.infer<typeof warmUpJobSchema>;
export type WarmUpJobInput = z.input<typeof warmUpJobSchema>;
