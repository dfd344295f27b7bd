/** A pool for warm-ups: each open is held until the test decides it, unless a rule answers at once. */
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import type { ConnectionLimit } from '../../../core/contract/warm-up-plan.ts';
import type { UsualTimes } from '../../../core/contract/warm-up-run.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import type { Endpoint, HostName } from '../../../core/dial/endpoint.ts';
import { onTrialCode } from '../../../core/dial/error-classes.ts';
import type {
  ConnectionOpener,
  Forbiddance,
  OpenedConnection,
  Opening,
  WarmUpAddresses,
} from '../../../core/pool/pool-ports.ts';

export const noRest = { restMs: 0, restEvery: 100 };

export interface HeldOpen {
  readonly ip: string;
  readonly timeoutMs: number;
  readonly priority: string;
  succeed(parts?: Partial<OpenedConnection>): void;
  fail(errorClass: ErrorClass, options?: { message?: string; retryAfterMs?: number }): void;
}

export class FakeOpener implements ConnectionOpener {
  ips: string[] = [];
  limited: readonly ConnectionLimit[] = [{ key: 'max_connections', limit: 20_000, inUse: 0 }];
  paceConcurrency = 32;
  /** Thrown where the limits are asked for, so that nothing can be planned. */
  limitsError: Error | null = null;
  dnsError: ClassifiedError | null = null;
  /** Of single hosts. */
  readonly dnsErrors = new Map<string, ClassifiedError>();
  /** Hosts whose names resolve only when these do. */
  readonly resolving = new Map<string, Promise<void>>();
  /** IPs that may not be dialled, alone or as `host ip`, and why. */
  readonly forbidden = new Map<string, string>();
  /** Of the forbidden IPs, those that the automaton forbids. */
  readonly ejected = new Set<string>();
  readonly warm = new Set<string>();
  /** What is usual for a host's connections, by its name. */
  readonly usually = new Map<string, readonly UsualTimes[]>();
  /** When set, decides each open at once. */
  rule: ((ip: string, attempt: number) => ErrorClass | 'ok') | null = null;
  /** Opens that nobody has decided, oldest first. */
  readonly held: HeldOpen[] = [];
  readonly opened: string[] = [];
  /** Of the opened ones, those that were to be probed first where they are ejected. */
  readonly probing: string[] = [];
  /** Where their probe does not come to an end with the first attempt. */
  readonly onTrial = new Set<string>();
  readonly unhealthy = new Set<number>();
  mostInFlight = 0;
  #inFlight = 0;
  #lastId = 0;
  readonly #idsAt = new Map<string, number[]>();
  readonly #attempts = new Map<string, number>();

  async addressesOf(host: HostName, ips: readonly string[] | null): Promise<WarmUpAddresses> {
    await this.resolving.get(host.name);
    const dnsError = this.dnsErrors.get(host.name) ?? this.dnsError;
    if (dnsError) {
      throw dnsError;
    }
    const all = ips ?? this.ips;
    const allowed = all.filter((ip) => !this.forbidden.has(ip)).map((ip) => ({ host, ip, port: host.port }));
    const forbidden = all.flatMap((ip) => {
      const why = this.forbidsEverywhere(ip);
      return why === null ? [] : [{ ip, why, ejected: this.ejected.has(ip) }];
    });
    return { allowed, forbidden, notOfHost: (ips ?? []).filter((ip) => !this.ips.includes(ip)).length };
  }

  forbids({ host, ip }: Endpoint): Forbiddance | null {
    const why = this.forbidden.get(`${host.name} ${ip}`) ?? this.forbidsEverywhere(ip);
    return why === null ? null : { why, ejected: this.ejected.has(ip) };
  }

  forbidsEverywhere(ip: string): string | null {
    return this.forbidden.get(ip) ?? null;
  }

  isWarm({ ip }: Endpoint): boolean {
    return this.warm.has(ip);
  }

  limits(): readonly ConnectionLimit[] {
    if (this.limitsError) {
      throw this.limitsError;
    }
    return this.limited;
  }

  usual(host: HostName): ReadonlyMap<number, UsualTimes> {
    return new Map(this.usually.get(host.name)?.map((usual) => [usual.load, usual]));
  }

  lostAt({ ip }: Endpoint): { readonly why: string; readonly sinceMs: number } {
    return { why: `lost ${ip}`, sinceMs: 1 };
  }

  healthyTo({ host, ip }: Endpoint): number {
    const ids = this.#idsAt.get(`${host.name} ${ip}`) ?? [];
    return ids.filter((id) => !this.unhealthy.has(id)).length;
  }

  open(endpoint: Endpoint, options: Opening): Promise<OpenedConnection> {
    const { ip } = endpoint;
    this.opened.push(ip);
    if (options.probesEjected) {
      this.probing.push(ip);
    }
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    const attempt = (this.#attempts.get(ip) ?? 0) + 1;
    this.#attempts.set(ip, attempt);
    const result = Promise.withResolvers<OpenedConnection>();
    const settleHeld = (): void => {
      const index = this.held.indexOf(open);
      if (index >= 0) {
        this.held.splice(index, 1);
      }
      this.#inFlight -= 1;
    };
    const open: HeldOpen = {
      ip,
      timeoutMs: options.timeoutMs,
      priority: options.priority,
      succeed: (parts = {}) => {
        settleHeld();
        this.#lastId += 1;
        const at = `${endpoint.host.name} ${ip}`;
        this.#idsAt.set(at, [...(this.#idsAt.get(at) ?? []), this.#lastId]);
        result.resolve({ id: this.#lastId, tcpMs: 1, tlsMs: 2, resumed: false, firstByteMs: 3, inFlight: 1, ...parts });
      },
      fail: (errorClass, { message = `${errorClass} at ${ip}`, retryAfterMs } = {}) => {
        settleHeld();
        result.reject(new ClassifiedError(errorClass, 'TEST', message, { retryAfterMs: retryAfterMs ?? null }));
      },
    };
    options.signal.addEventListener('abort', () => {
      if (this.held.includes(open)) {
        settleHeld();
        result.reject(new ClassifiedError('aborted', 'ABORTED', 'aborted'));
      }
    });
    this.held.push(open);
    const decided = this.rule?.(ip, attempt);
    if (options.probesEjected && this.onTrial.delete(ip)) {
      settleHeld();
      result.reject(new ClassifiedError('not-allowed', onTrialCode, 'its probe goes on'));
    } else if (decided === 'ok') {
      open.succeed();
    } else if (decided) {
      open.fail(decided);
    }
    return result.promise;
  }
}
