/** What the parts of one pool share: its dependencies, its settings of this moment, its connections. */
import type { AccessPolicy, AccessVerdict } from '../access/access-policy.ts';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { noHold, type ProcessHold } from '../base/process-hold.ts';
import type { Random } from '../base/random.ts';
import type { EngineSettings } from '../config/settings.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { DialBudget } from '../dial/dial-budget.ts';
import { ProfileChoice } from '../dial/profile-choice.ts';
import type { Dialer } from '../dial/transport.ts';
import { type EndpointHealth, type EndpointHealthKeeper, unjudged } from '../health/endpoint-health.ts';
import type { ConnectionValidator } from '../health/validation.ts';
import { PoolRecorder } from '../statistics/pool-recorder.ts';
import { AddressFamilies } from './address-families.ts';
import { ClosedConnections } from './closed-connections.ts';
import { ConnectionManager } from './connection-manager.ts';
import { HostScores } from './host-scores.ts';
import type { HotConnection } from './hot-connection.ts';
import { LeaseRing } from './lease-ring.ts';
import type { ConnectionObserver, EndpointLook, HostDirectory } from './pool-ports.ts';
import type { Upstream } from './upstream.ts';

export interface PoolParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly dialer: Dialer;
  readonly budget: DialBudget;
  readonly hosts: HostDirectory;
  readonly access: AccessPolicy;
  /** Who may be used as far as the automaton is concerned; it is told what happens to each endpoint. */
  readonly health: EndpointHealthKeeper;
  readonly validator: ConnectionValidator;
  readonly events: EventSink;
  /** Taken while a caller waits. None where the process lives by other means. */
  readonly hold?: ProcessHold;
}

export class PoolContext {
  readonly parts: PoolParts;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly hold: ProcessHold;
  readonly manager: ConnectionManager;
  readonly recorder: PoolRecorder;
  readonly families = new AddressFamilies();
  /** Of this process and the one before. */
  readonly scores = new HostScores(this);
  readonly profiles: ProfileChoice;
  /** The last that were closed, for who asks why. */
  readonly closedConnections = new ClosedConnections();
  /** The last of the pool. */
  readonly pastLeases = new LeaseRing();
  /** Aborted when the pool begins to close. */
  readonly closing = new AbortController();
  /** Monotonic: when this machine woke from its last sleep, and nothing idle had been heard of for who knows how long. */
  wokeMs = 0;
  readonly #observers = new Set<ConnectionObserver>();
  readonly #lookListeners = new Set<(look: EndpointLook) => void>();
  #settings: EngineSettings;
  #accessEpoch = 0;

  constructor(settings: EngineSettings, parts: PoolParts) {
    this.parts = parts;
    this.clock = parts.clock;
    this.events = parts.events;
    this.hold = parts.hold ?? noHold;
    this.#settings = settings;
    this.profiles = new ProfileChoice(parts.random);
    this.#chooseProfiles(settings);
    this.manager = new ConnectionManager(
      settings,
      parts.random,
      (upstream) => this.preferred(upstream),
      (host) => this.scores.meet(host),
    );
    this.recorder = new PoolRecorder(parts.clock.monotonicMs());
  }

  get settings(): EngineSettings {
    return this.#settings;
  }

  configure(settings: EngineSettings): void {
    this.#settings = settings;
    this.manager.configure(settings);
    this.#chooseProfiles(settings);
  }

  get isClosing(): boolean {
    return this.closing.signal.aborted;
  }

  get debugging(): boolean {
    return this.#settings.logLevel === 'debug';
  }

  nowMs(): number {
    return this.clock.monotonicMs();
  }

  /** What to add to a monotonic time to get the epoch's. */
  epochOffsetMs(): number {
    return this.clock.epochMs() - this.clock.monotonicMs();
  }

  /** The access lists are others: every verdict is asked anew. */
  accessChanged(): void {
    this.#accessEpoch += 1;
  }

  /** What the lists say, and where no person has said it, the IP's health. */
  verdict(upstream: Upstream): AccessVerdict {
    return upstream.verdict(this.parts.access, this.#accessEpoch, this.health(upstream).standing);
  }

  /** Nobody judges what does not belong to its host: a mistyped IP is neither ejected nor probed. */
  health(upstream: Upstream): EndpointHealth {
    if (!upstream.belongs) {
      return unjudged;
    }
    if (upstream.health?.isForgotten !== false) {
      upstream.health = this.parts.health.of(upstream.endpoint);
    }
    return upstream.health;
  }

  preferred(upstream: Upstream): boolean {
    return upstream.preferred(this.parts.access, this.#accessEpoch);
  }

  observe(observer: ConnectionObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  changed(connection: HotConnection): void {
    if (this.#observers.size > 0) {
      for (const observer of this.#observers) {
        observer.changed(connection.id);
      }
    }
  }

  closed(connection: HotConnection, reason: CloseReason): void {
    for (const observer of this.#observers) {
      observer.closed(connection.id, reason);
    }
  }

  onLook(listener: (look: EndpointLook) => void): () => void {
    this.#lookListeners.add(listener);
    return () => this.#lookListeners.delete(listener);
  }

  looked({ endpoint, belongs }: Upstream, look: Omit<EndpointLook, 'endpoint'>): void {
    if (!belongs) {
      return;
    }
    for (const listener of this.#lookListeners) {
      listener({ endpoint, ...look });
    }
  }

  #chooseProfiles({ targets }: EngineSettings): void {
    this.profiles.configure(targets.flatMap(({ host, tls }) => (tls ? [[host, tls.profileSet] as const] : [])));
  }
}
