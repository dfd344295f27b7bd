/** IPs that the access lists leave out of a job, over all of its hosts. */
import type { ForbiddenIps, WarmUpHostPlan } from '../../../core/contract/warm-up-plan.ts';

/** Each IP once where all are named: those of a list are the same ones for each host. */
export function forbiddenOf(hosts: readonly Pick<WarmUpHostPlan, 'forbidden'>[]): {
  readonly ips: number;
  /** Of those. */
  readonly ejected: number;
  readonly examples: ForbiddenIps['examples'];
} {
  const named = hosts.flatMap(({ forbidden }) => forbidden.examples);
  const examples = [...new Map(named.map((example) => [example.ip, example])).values()];
  const counted = hosts.reduce((sum, { forbidden }) => sum + forbidden.count, 0);
  return counted === named.length
    ? { ips: examples.length, ejected: examples.filter(({ ejected }) => ejected).length, examples }
    : { ips: counted, ejected: hosts.reduce((sum, { forbidden }) => sum + forbidden.ejected, 0), examples };
}
