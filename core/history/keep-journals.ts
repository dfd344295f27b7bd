/** Everything of a running engine that is handed to its history. */
import type { AccessJournal } from '../access/access-journal.ts';
import type { Clock } from '../base/clock.ts';
import type { HotConnPool } from '../pool/hot-conn-pool.ts';
import { HealthJournal, type RememberedHealth } from './health-journal.ts';
import type { History } from './history.ts';
import { MomentJournal, type RememberedHosts } from './moment-journal.ts';
import { PoolJournal } from './pool-journal.ts';
import { WarmUpJournal } from './warm-up-journal.ts';

export interface KeptParts {
  readonly pool: HotConnPool;
  readonly health: RememberedHealth & RememberedHosts;
  readonly audit: Pick<AccessJournal, 'onRecord'>;
  readonly history: History;
  readonly clock: Clock;
  readonly engineStartedAtMs: number;
}

/** Begins at once; `close`, when the pool is closed, hands over what is left. The lists tell until they are closed themselves. */
export function keepJournals({ audit, ...parts }: KeptParts): { close(): void } {
  const { pool, health, history, clock, engineStartedAtMs } = parts;
  const journals = [
    new PoolJournal(pool, history, engineStartedAtMs),
    new HealthJournal({ pool, health, history, clock }),
    new MomentJournal({ pool, hosts: () => health.hosts(), warmUps: () => pool.warmUps.underWay(), history }),
    new WarmUpJournal({ warmUps: pool.warmUps, pool, history, clock, engineStartedAtMs }),
  ];
  audit.onRecord(({ id: auditId, undoneBy: _, ...record }) => {
    history.recordChange({ kind: 'lists', auditId, ...record });
  });
  return {
    close: () => {
      for (const journal of journals) {
        journal.close();
      }
    },
  };
}
