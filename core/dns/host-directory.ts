/**
 * Which addresses each host has now: asked once, kept, and asked again in the background. An answer that is empty or
 * fails changes nothing, for a resolver out of order is no reason to drain a working host.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { HostDirectory } from '../pool/pool-ports.ts';
import { abortable } from './abortable.ts';
import type { ResolvedAddress, Resolver } from './resolver.ts';

export interface RefreshingHostDirectoryOptions {
  readonly resolver: Resolver;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Between two questions about the same host (`dns_update_interval`). */
  readonly refreshIntervalMs: number;
  /** How long an address that is no longer in the answers stays in use; 5 minutes by default. */
  readonly graceMs?: number;
}

type ChangeListener = (host: HostName, addresses: readonly ResolvedAddress[]) => void;

interface KnownAddress {
  readonly address: ResolvedAddress;
  /** Monotonic; null while it is in the answers. */
  missingSinceMs: number | null;
}

interface HostEntry {
  readonly host: HostName;
  /** By IP and port; in the order of first appearance. */
  known: Map<string, KnownAddress>;
  /** What callers get: the same array until something changes. */
  addresses: readonly ResolvedAddress[];
  /** The question under way, shared by all who ask. */
  asking: Promise<readonly ResolvedAddress[]> | null;
  refreshTimer: Timer | null;
  graceTimer: Timer | null;
}

const defaultGraceMs = 300_000;

export class RefreshingHostDirectory implements HostDirectory {
  readonly #resolver: Resolver;
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #graceMs: number;
  readonly #hosts = new Map<string, HostEntry>();
  readonly #listeners = new Set<ChangeListener>();
  /** Ends questions under way when the directory closes. */
  readonly #closing = new AbortController();
  #refreshIntervalMs: number;

  constructor(options: RefreshingHostDirectoryOptions) {
    this.#resolver = options.resolver;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#refreshIntervalMs = options.refreshIntervalMs;
    this.#graceMs = options.graceMs ?? defaultGraceMs;
  }

  async addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const entry = this.#entry(host);
    if (entry.addresses.length > 0) {
      return entry.addresses;
    }
    return abortable(this.#ask(entry), signal);
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks about this host now. @throws ClassifiedError of class `dns`; what was known stays. */
  refresh(host: HostName): Promise<readonly ResolvedAddress[]> {
    return this.#ask(this.#entry(host));
  }

  /** Holds for the waits that are under way as well. */
  setRefreshInterval(refreshIntervalMs: number): void {
    this.#refreshIntervalMs = refreshIntervalMs;
    for (const entry of this.#hosts.values()) {
      if (entry.refreshTimer) {
        this.#armRefresh(entry);
      }
    }
  }

  /** No timer and no question is left. Twice is fine. */
  close(): void {
    this.#closing.abort(new Error('the host directory is closed'));
    for (const entry of this.#hosts.values()) {
      entry.refreshTimer?.cancel();
      entry.graceTimer?.cancel();
    }
    this.#hosts.clear();
    this.#listeners.clear();
  }

  #entry(host: HostName): HostEntry {
    let entry = this.#hosts.get(host.name);
    if (!entry) {
      entry = { host, known: new Map(), addresses: [], asking: null, refreshTimer: null, graceTimer: null };
      this.#hosts.set(host.name, entry);
    }
    return entry;
  }

  #ask(entry: HostEntry): Promise<readonly ResolvedAddress[]> {
    entry.asking ??= this.#resolver
      .resolve(entry.host, this.#closing.signal)
      .then((answer) => this.#take(entry, answer))
      .finally(() => {
        entry.asking = null;
        this.#armRefresh(entry);
      });
    return entry.asking;
  }

  #armRefresh(entry: HostEntry): void {
    entry.refreshTimer?.cancel();
    entry.refreshTimer = null;
    // A host of which nothing is known is asked about when somebody wants it.
    if (entry.addresses.length > 0 && !this.#closing.signal.aborted) {
      entry.refreshTimer = this.#clock.after(this.#refreshIntervalMs, () => {
        this.#ask(entry).catch((error: Error) => this.#keptOld(entry, error));
      });
    }
  }

  #keptOld(entry: HostEntry, error: Error): void {
    if (!this.#closing.signal.aborted) {
      this.#events.emit(
        'warn',
        'dns.refresh-failed',
        entry.host.name,
        `the addresses of ${entry.host.name} could not be refreshed; the ${entry.addresses.length} known ones stay: ${error.message}`,
      );
    }
  }

  #take(entry: HostEntry, answer: readonly ResolvedAddress[]): readonly ResolvedAddress[] {
    if (this.#closing.signal.aborted) {
      return answer;
    }
    if (answer.length === 0) {
      throw new ClassifiedError('dns', 'ENODATA', `${entry.host.name} has no address`);
    }
    const nowMs = this.#clock.monotonicMs();
    const answered = new Set(answer.map(keyOf));
    for (const address of answer) {
      const known = entry.known.get(keyOf(address));
      if (known) {
        known.missingSinceMs = null;
      } else {
        entry.known.set(keyOf(address), { address, missingSinceMs: null });
      }
    }
    for (const [key, known] of entry.known) {
      if (!answered.has(key)) {
        known.missingSinceMs ??= nowMs;
      }
    }
    this.#settle(entry);
    return entry.addresses;
  }

  /** Drops what has been missing for the grace, tells the listeners if the set is another, and waits for the next to drop. */
  #settle(entry: HostEntry): void {
    const nowMs = this.#clock.monotonicMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [key, { missingSinceMs }] of entry.known) {
      const dueMs = missingSinceMs === null ? Number.POSITIVE_INFINITY : missingSinceMs + this.#graceMs;
      if (dueMs <= nowMs) {
        entry.known.delete(key);
      } else {
        nextMs = Math.min(nextMs, dueMs);
      }
    }
    entry.graceTimer?.cancel();
    entry.graceTimer = Number.isFinite(nextMs) ? this.#clock.after(nextMs - nowMs, () => this.#settle(entry)) : null;
    this.#publish(entry);
  }

  #publish(entry: HostEntry): void {
    const before = new Set(entry.addresses.map(keyOf));
    const added = [...entry.known.keys()].filter((key) => !before.has(key)).length;
    const vanished = before.size + added - entry.known.size;
    if (added === 0 && vanished === 0) {
      return;
    }
    entry.addresses = Array.from(entry.known.values(), ({ address }) => address);
    if (before.size === 0) {
      // The first set goes to those who asked for it.
      return;
    }
    this.#events.emit(
      'info',
      'dns.changed',
      entry.host.name,
      `${entry.host.name} has ${entry.addresses.length} addresses: ${added} new, ${vanished} gone`,
      { addresses: entry.addresses.length, added, vanished },
    );
    for (const listener of this.#listeners) {
      listener(entry.host, entry.addresses);
    }
  }
}

function keyOf({ ip, port }: ResolvedAddress): string {
  return `${ip}|${port}`;
}
