import type { HealthPicture } from '../../../core/contract/health.ts';
import { explainFake } from './fake-explain.ts';
import type { FakePool } from './fake-pool.ts';
import type { AnswersOf } from './memory-answers.ts';

/** Connections, and how they and their IPs are. */
export function poolAnswers(
  pool: FakePool,
  health: () => HealthPicture,
  now: () => number,
): AnswersOf<'connections'> & AnswersOf<'pool'> & AnswersOf<'health'> {
  return {
    'connections.drain': ({ ids }) => ({ acted: ids.filter((id) => pool.close(id, 'operator')).length }),
    'connections.close': ({ ids }) => ({ acted: ids.filter((id) => pool.close(id, 'operator')).length }),
    'connections.check': ({ ids }) => ({ acted: pool.check(ids).checked }),
    'pool.explain': (subject) => explainFake(pool, subject, now()),
    'health.checkAll': () => {
      const { checked, unhealthy } = pool.check([...pool.rows.keys()]);
      return { checked, unhealthy, healthy: checked - unhealthy };
    },
    'health.cleanUpUnhealthy': () => {
      const ill = [...pool.rows.values()].filter((row) => !row.healthy && row.state === 'idle');
      return { closed: ill.filter((row) => pool.close(row.id, 'unhealthy')).length };
    },
    'health.ips': ({ host }) => {
      const { ips, hosts, ...picture } = health();
      const isWanted = (one: { readonly host: string }): boolean => host === undefined || one.host === host;
      return { ...picture, hosts: hosts.filter(isWanted), ips: ips.filter(isWanted) };
    },
    'health.probe': ({ host, ip }) => ({
      started: health().ips.some((one) => one.host === host && one.ip === ip && one.state === 'ejected'),
    }),
  };
}
