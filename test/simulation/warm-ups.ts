/** Connections opened ahead of demand, as a warm-up does it: attempts that may be given up. */

import { ClassifiedError } from '../../core/dial/classified-error.ts';
import type { DialPriority } from '../../core/dial/dial-budget.ts';
import type { Endpoint } from '../../core/dial/endpoint.ts';
import type { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import type { Referee } from './referee.ts';

export class WarmUps {
  /** Of the attempts under way. */
  readonly controllers = new Set<AbortController>();
  opened = 0;
  failed = 0;
  readonly #pool: HotConnPool;
  readonly #referee: Referee;

  constructor(pool: HotConnPool, referee: Referee) {
    this.#pool = pool;
    this.#referee = referee;
  }

  async open(endpoint: Endpoint, timeoutMs: number, priority: DialPriority): Promise<void> {
    const controller = new AbortController();
    this.controllers.add(controller);
    try {
      await this.#pool.open(endpoint, { timeoutMs, priority, signal: controller.signal });
      this.opened += 1;
    } catch (error) {
      this.failed += 1;
      if (!(error instanceof ClassifiedError) || error.errorClass === 'internal') {
        this.#referee.fail('a warm-up fails with a class', String(error));
      }
    } finally {
      this.controllers.delete(controller);
    }
  }
}
