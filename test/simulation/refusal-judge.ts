/** Whether a refusal is one of those that an acquire may end with, and true. */

import { ClassifiedError } from '../../core/dial/classified-error.ts';
import { parseHostName } from '../../core/dial/endpoint.ts';
import {
  AcquireTimeoutError,
  NoAllowedEndpointError,
  PoolClosedError,
  UrlRejectedError,
} from '../../core/pool/pool-errors.ts';
import type { Acquisition, CallerParts, Callers } from './callers.ts';

const epsilonMs = 1e-6;

export class RefusalJudge {
  readonly #parts: CallerParts;
  readonly #callers: Callers;

  constructor(parts: CallerParts, callers: Callers) {
    this.#parts = parts;
    this.#callers = callers;
  }

  /** The refusal in a word, for the statistics. */
  judge(acquisition: Acquisition, reason: unknown): string {
    const { wish, controller } = acquisition;
    if (controller?.signal.aborted && reason === controller.signal.reason) {
      return 'aborted by its caller';
    }
    if (reason instanceof AcquireTimeoutError) {
      return this.#timeout(acquisition, reason);
    }
    if (reason instanceof NoAllowedEndpointError) {
      this.#forbidden(acquisition);
      return 'no allowed endpoint';
    }
    if (reason instanceof UrlRejectedError) {
      this.#expect(wish.path !== null, acquisition, reason);
      return 'URL rejected';
    }
    if (reason instanceof PoolClosedError) {
      this.#expect(this.#callers.closing, acquisition, reason);
      return 'pool closed';
    }
    if (reason instanceof ClassifiedError) {
      this.#expect(reason.errorClass !== 'internal' && reason.errorClass !== 'aborted', acquisition, reason);
      return `dial: ${reason.errorClass}`;
    }
    this.#expect(false, acquisition, reason);
    return 'unexpected';
  }

  #timeout(acquisition: Acquisition, error: AcquireTimeoutError): string {
    const nowMs = this.#parts.clock.monotonicMs();
    const isEarly = nowMs < acquisition.deadlineMs - epsilonMs;
    if (!error.early && isEarly) {
      const left = acquisition.deadlineMs - nowMs;
      this.#parts.referee.fail('nobody times out before his deadline', `#${acquisition.id}, ${left} ms early`);
    }
    return error.early ? 'rejected early' : 'timed out';
  }

  /** Told that every address is refused: by the lists of this moment, unless they have changed in it. */
  #forbidden(acquisition: Acquisition): void {
    const { permission, clock, directory, referee } = this.#parts;
    const { host, ip } = acquisition.wish;
    const { port } = parseHostName(host);
    const addresses = ip === null ? directory.present(host) : [{ ip, port }];
    const allowed = addresses.filter((address) => permission.isDialable(host, address.ip, address.port));
    if (allowed.length > 0 && permission.changedMs < clock.monotonicMs() && directory.changedMs < clock.monotonicMs()) {
      referee.fail(
        'an allowed address is not refused',
        `#${acquisition.id}: ${allowed.map((address) => address.ip).join(', ')} of ${host}`,
      );
    }
  }

  #expect(holds: boolean, acquisition: Acquisition, reason: unknown): void {
    if (!holds) {
      const error = reason instanceof Error ? (reason.stack ?? String(reason)) : String(reason);
      this.#parts.referee.fail('a refusal says why', `#${acquisition.id} is refused with ${error}`);
    }
  }
}
