/**
 * Which addresses each host has now: asked once, kept, and asked again in the background. An answer that is empty or
 * fails changes nothing, for a resolver out of order is no reason to drain a working host; and an address that is
 * missing leaves only after a grace, when an answer of that time still does not have it.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { jittered, type Random } from '../base/random.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { HostDirectory } from '../pool/pool-ports.ts';
import { abortable } from './abortable.ts';
import type { ResolvedAddress, Resolver } from './resolver.ts';

export interface RefreshingHostDirectoryOptions {
  readonly resolver: Resolver;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly settings: DirectorySettings;
}

export interface DirectorySettings {
  /** Between two questions about the same host (`dns_update_interval`), spread by a tenth. */
  readonly refreshIntervalMs: number;
  /** How long an address that is no longer in the answers stays in use (`[dns] grace`). */
  readonly graceMs: number;
}

/** `added`: those that were not in the set before. */
type ChangeListener = (
  host: HostName,
  addresses: readonly ResolvedAddress[],
  added: readonly ResolvedAddress[],
) => void;

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
  /** When it was last asked about, monotonic. */
  askedMs: number;
  /** The last question had no good answer. */
  unanswered: boolean;
  refreshTimer: Timer | null;
  graceTimer: Timer | null;
  /** Nobody wants it: see {@link RefreshingHostDirectory.retire}. */
  resting: boolean;
}

const refreshJitter = 0.1;
/** A host whose every address fails is asked about again, but not more often than this. */
const failingPauseMs = 5_000;

export class RefreshingHostDirectory implements HostDirectory {
  readonly #resolver: Resolver;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: EventSink;
  readonly #hosts = new Map<string, HostEntry>();
  readonly #listeners = new Set<ChangeListener>();
  /** Ends questions under way when the directory closes. */
  readonly #closing = new AbortController();
  #settings: DirectorySettings;

  constructor(options: RefreshingHostDirectoryOptions) {
    this.#resolver = options.resolver;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#events = options.events;
    this.#settings = options.settings;
  }

  async addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const entry = this.#entry(host);
    if (entry.resting) {
      entry.resting = false;
      if (entry.addresses.length > 0) {
        this.#askInBackground(entry);
      }
    }
    if (entry.addresses.length > 0) {
      return entry.addresses;
    }
    return abortable(this.#ask(entry), signal);
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every host that has been resolved, by its canonical name. */
  known(): (readonly [host: string, addresses: readonly ResolvedAddress[]])[] {
    return [...this.#hosts].flatMap(([name, { addresses }]) =>
      addresses.length > 0 ? [[name, addresses] as const] : [],
    );
  }

  /** Every address of this host fails: it is asked about again, at most once in a few seconds. */
  failing(host: HostName): void {
    const entry = this.#hosts.get(host.name);
    if (
      entry &&
      !entry.resting &&
      entry.addresses.length > 0 &&
      this.#clock.monotonicMs() - entry.askedMs >= failingPauseMs
    ) {
      this.#askInBackground(entry);
    }
  }

  /** Its timers end; what a question under way brings is given to who asked, and not kept. */
  forget({ name }: HostName): void {
    const entry = this.#hosts.get(name);
    entry?.refreshTimer?.cancel();
    entry?.graceTimer?.cancel();
    this.#hosts.delete(name);
  }

  /** Nobody wants it for now: it is not refreshed until somebody does; then what is known of it is old, and asked anew. */
  retire(host: HostName): void {
    const entry = this.#hosts.get(host.name);
    if (entry) {
      entry.resting = true;
      entry.refreshTimer?.cancel();
      entry.graceTimer?.cancel();
      entry.refreshTimer = null;
      entry.graceTimer = null;
    }
  }

  /** Asks about this host now. @throws ClassifiedError of class `dns`; what was known stays. */
  refresh(host: HostName): Promise<readonly ResolvedAddress[]> {
    return this.#ask(this.#entry(host));
  }

  /**
   * Other name servers, or other given addresses: asks about every known host now. What the hosts in `atOnce` (canonical
   * names) do not have any more goes without grace, for somebody has said so.
   */
  async reread(atOnce: ReadonlySet<string>): Promise<void> {
    await Promise.all(
      Array.from(this.#hosts.values(), async (entry) => {
        // A question that is under way is one to the old place.
        await entry.asking?.catch(() => undefined);
        // What is known of one whose addresses somebody has taken back is void, also where nobody wants it just now.
        if (entry.addresses.length > 0 && (!entry.resting || atOnce.has(entry.host.name))) {
          const graceMs = atOnce.has(entry.host.name) ? 0 : this.#settings.graceMs;
          await this.#ask(entry, graceMs).catch((error: Error) => this.#keptOld(entry, error));
        }
      }),
    );
  }

  /** Holds for the waits that are under way as well. */
  configure(settings: DirectorySettings): void {
    this.#settings = settings;
    for (const entry of this.#hosts.values()) {
      if (entry.refreshTimer) {
        this.#armRefresh(entry);
      }
      if (entry.graceTimer) {
        this.#armGrace(entry);
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
      entry = {
        host,
        known: new Map(),
        addresses: [],
        asking: null,
        askedMs: Number.NEGATIVE_INFINITY,
        unanswered: false,
        refreshTimer: null,
        graceTimer: null,
        resting: false,
      };
      this.#hosts.set(host.name, entry);
    }
    return entry;
  }

  #ask(entry: HostEntry, graceMs = this.#settings.graceMs): Promise<readonly ResolvedAddress[]> {
    if (!entry.asking) {
      entry.askedMs = this.#clock.monotonicMs();
      entry.asking = this.#resolver
        .resolve(entry.host, this.#closing.signal)
        .then((answer) => this.#take(entry, answer, graceMs))
        .finally(() => {
          entry.asking = null;
          this.#armRefresh(entry);
        });
    }
    return entry.asking;
  }

  #askInBackground(entry: HostEntry): void {
    this.#ask(entry).catch((error: Error) => this.#keptOld(entry, error));
  }

  #armRefresh(entry: HostEntry): void {
    entry.refreshTimer?.cancel();
    entry.refreshTimer = null;
    // A host of which nothing is known is asked about when somebody wants it.
    if (entry.addresses.length > 0 && !entry.resting && this.#isKept(entry)) {
      const delayMs = jittered(this.#random, this.#settings.refreshIntervalMs, refreshJitter);
      entry.refreshTimer = this.#clock.after(delayMs, () => this.#askInBackground(entry));
    }
  }

  /** At the end of a grace the host is asked about once more: the answer of that time decides. */
  #armGrace(entry: HostEntry): void {
    entry.graceTimer?.cancel();
    entry.graceTimer = null;
    const missing = [...entry.known.values()].flatMap(({ missingSinceMs }) => missingSinceMs ?? []);
    if (missing.length > 0 && !entry.resting) {
      const dueMs = Math.min(...missing) + this.#settings.graceMs;
      const delayMs = Math.max(0, dueMs - this.#clock.monotonicMs());
      entry.graceTimer = this.#clock.after(delayMs, () => {
        entry.graceTimer = null;
        this.#askInBackground(entry);
      });
    }
  }

  #keptOld(entry: HostEntry, error: Error): void {
    if (this.#isKept(entry) && !entry.unanswered) {
      entry.unanswered = true;
      const { host, addresses } = entry;
      const told = { host: host.name, addresses: addresses.length, message: error.message };
      this.#events.emit('warn', 'dns.refresh-failed', host.name, told);
    }
  }

  /** Neither has the directory closed, nor was the host forgotten. */
  #isKept(entry: HostEntry): boolean {
    return this.#hosts.get(entry.host.name) === entry;
  }

  #take(entry: HostEntry, answer: readonly ResolvedAddress[], graceMs: number): readonly ResolvedAddress[] {
    if (!this.#isKept(entry)) {
      return answer;
    }
    if (answer.length === 0) {
      throw new ClassifiedError('dns', 'ENODATA', whyWords('no-address', { host: entry.host.name }));
    }
    if (entry.unanswered) {
      entry.unanswered = false;
      this.#events.emit('info', 'dns.recovered', entry.host.name, { host: entry.host.name });
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
    let waits = false;
    for (const [key, known] of entry.known) {
      if (answered.has(key)) {
        continue;
      }
      const wasMissing = known.missingSinceMs !== null;
      known.missingSinceMs ??= nowMs;
      if (graceMs === 0 || (wasMissing && nowMs - known.missingSinceMs >= graceMs)) {
        entry.known.delete(key);
      } else {
        waits ||= !wasMissing;
      }
    }
    if (waits || !entry.graceTimer) {
      this.#armGrace(entry);
    }
    this.#publish(entry);
    return entry.addresses;
  }

  #publish(entry: HostEntry): void {
    const before = new Set(entry.addresses.map(keyOf));
    const added = [...entry.known].flatMap(([key, { address }]) => (before.has(key) ? [] : [address]));
    const vanished = before.size + added.length - entry.known.size;
    if (added.length === 0 && vanished === 0) {
      return;
    }
    entry.addresses = Array.from(entry.known.values(), ({ address }) => address);
    if (before.size === 0) {
      // The first set goes to those who asked for it.
      return;
    }
    const told = { host: entry.host.name, addresses: entry.addresses.length, added: added.length, vanished };
    this.#events.emit('info', 'dns.changed', entry.host.name, told);
    for (const listener of this.#listeners) {
      listener(entry.host, entry.addresses, added);
    }
  }
}

function keyOf({ ip, port }: ResolvedAddress): string {
  return `${ip}|${port}`;
}
