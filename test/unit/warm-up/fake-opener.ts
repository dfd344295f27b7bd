/** A pool for warm-ups: each open is held until the test decides it, unless a rule answers at once. */
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import type { Endpoint, HostName } from '../../../core/dial/endpoint.ts';
import type { ConnectionLimit, ConnectionOpener, OpenedConnection, Room } from '../../../core/pool/pool-ports.ts';

export interface HeldOpen {
  readonly ip: string;
  readonly timeoutMs: number;
  readonly priority: string;
  succeed(parts?: Partial<OpenedConnection>): void;
  fail(errorClass: ErrorClass, options?: { message?: string; retryAfterMs?: number }): void;
}

export class FakeOpener implements ConnectionOpener {
  ips: string[] = [];
  free = 20_000;
  limit: ConnectionLimit = { key: 'max_connections', limit: 20_000, inUse: 0 };
  dnsError: ClassifiedError | null = null;
  /** When set, decides each open at once. */
  rule: ((ip: string, attempt: number) => ErrorClass | 'ok') | null = null;
  /** Opens that nobody has decided, oldest first. */
  readonly held: HeldOpen[] = [];
  readonly opened: string[] = [];
  readonly unhealthy = new Set<number>();
  mostInFlight = 0;
  #inFlight = 0;
  #lastId = 0;
  readonly #attempts = new Map<string, number>();

  async endpointsOf(host: HostName): Promise<readonly Endpoint[]> {
    if (this.dnsError) {
      throw this.dnsError;
    }
    return this.ips.map((ip) => ({ host, ip, port: host.port }));
  }

  room(): Room {
    return { free: this.free, limit: this.limit };
  }

  isHealthy(connectionId: number): boolean {
    return !this.unhealthy.has(connectionId);
  }

  open(
    endpoint: Endpoint,
    options: { readonly timeoutMs: number; readonly priority: string; readonly signal: AbortSignal },
  ): Promise<OpenedConnection> {
    const { ip } = endpoint;
    this.opened.push(ip);
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
        result.resolve({ id: this.#lastId, tcpMs: 1, tlsMs: 2, firstByteMs: 3, ...parts });
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
    if (decided === 'ok') {
      open.succeed();
    } else if (decided) {
      open.fail(decided);
    }
    return result.promise;
  }
}
