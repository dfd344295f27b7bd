/** Who may be used: what the lists say, and where no person has said it, what the keeper of the health does. */
import type { Clock } from '../../core/base/clock.ts';
import { parseHostName } from '../../core/dial/endpoint.ts';
import type { Standing } from '../../core/health/endpoint-health.ts';
import type { IpHealthKeeper } from '../../core/health/ip-health-keeper.ts';
import type { SimulatedAccess } from './simulated-access.ts';

export class Permission {
  readonly #access: SimulatedAccess;
  readonly #keeper: IpHealthKeeper | null;
  #standingMs = Number.NEGATIVE_INFINITY;

  constructor(access: SimulatedAccess, keeper: IpHealthKeeper | null, clock: Clock) {
    this.#access = access;
    this.#keeper = keeper;
    keeper?.onChange(() => {
      this.#standingMs = clock.monotonicMs();
    });
  }

  /** When it last changed for anybody. */
  get changedMs(): number {
    return Math.max(this.#access.changedMs, this.#standingMs);
  }

  /** May serve. */
  isAllowed(host: string, ip: string, port: number): boolean {
    return this.#judge(host, ip, port, (standing) => standing !== 'barred');
  }

  /** May be dialled by whoever waits: on trial only a probe may. */
  isDialable(host: string, ip: string, port: number): boolean {
    return this.#judge(host, ip, port, (standing) => standing === 'open');
  }

  #judge(host: string, ip: string, port: number, suffices: (standing: Standing) => boolean): boolean {
    const { allowed, list, rule } = this.#access.verdict(ip);
    if (!this.#keeper || (rule && rule.origin !== 'automatic')) {
      return allowed;
    }
    const { standing } = this.#keeper.of({ host: parseHostName(host), ip, port });
    return suffices(standing) && (allowed || list === 'black' || standing === 'trial');
  }
}
