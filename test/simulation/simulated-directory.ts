/** Names that resolve at once, late, or not, and whose addresses come and go. */
import type { Clock } from '../../core/base/clock.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import type { HostName } from '../../core/dial/endpoint.ts';
import type { ResolvedAddress } from '../../core/dns/resolver.ts';
import type { HostDirectory } from '../../core/pool/pool-ports.ts';

interface HostEntry {
  addresses: readonly ResolvedAddress[];
  known: boolean;
  /** What the first question meets. */
  readonly delayMs: number;
  failing: boolean;
}

export class SimulatedDirectory implements HostDirectory {
  readonly #clock: Clock;
  readonly #hosts = new Map<string, HostEntry>();
  readonly #listeners = new Set<(host: HostName, addresses: readonly ResolvedAddress[]) => void>();
  /** When an address last came or went. */
  changedMs = Number.NEGATIVE_INFINITY;
  /** Questions under way, by host. */
  readonly asking = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  add(host: string, addresses: readonly ResolvedAddress[], delayMs: number): void {
    this.#hosts.set(host, { addresses, known: false, delayMs, failing: false });
  }

  /** The addresses a host has now, whether anybody has asked or not. */
  present(host: string): readonly ResolvedAddress[] {
    return this.#hosts.get(host)?.addresses ?? [];
  }

  /** Asked now, it would tell. */
  isAnswering(host: string): boolean {
    const entry = this.#hosts.get(host);
    return entry !== undefined && (entry.known || !entry.failing);
  }

  setFailing(host: string, failing: boolean): void {
    const entry = this.#hosts.get(host);
    if (entry) {
      entry.failing = failing;
    }
  }

  /** As after a refresh. */
  change(host: HostName, addresses: readonly ResolvedAddress[]): void {
    const entry = this.#hosts.get(host.name);
    if (!entry) {
      return;
    }
    entry.addresses = addresses;
    entry.known = true;
    this.changedMs = this.#clock.monotonicMs();
    for (const listener of [...this.#listeners]) {
      listener(host, addresses);
    }
  }

  /** Its addresses change by the scenario alone. */
  failing(): void {}

  forget({ name }: HostName): void {
    const entry = this.#hosts.get(name);
    if (entry) {
      entry.known = false;
    }
  }

  async addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    signal?.throwIfAborted();
    const entry = this.#hosts.get(host.name);
    if (entry && !entry.known && entry.delayMs > 0) {
      await this.#ask(host.name, entry.delayMs, signal);
    }
    if (!entry || (entry.failing && !entry.known)) {
      throw new ClassifiedError('dns', 'ENOTFOUND', `${host.name} has no address`);
    }
    entry.known = true;
    return entry.addresses;
  }

  onChange(listener: (host: HostName, addresses: readonly ResolvedAddress[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #ask(host: string, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    this.asking.set(host, (this.asking.get(host) ?? 0) + 1);
    try {
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          timer.cancel();
          reject(signal?.reason);
        };
        const timer = this.#clock.after(delayMs, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    } finally {
      this.asking.set(host, (this.asking.get(host) ?? 1) - 1);
    }
  }
}
