/** The health of every endpoint: hears what the pool meets, and decides who is ejected, tried and brought back. */
import type { AutomaticLists } from '../access/access-policy.ts';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { Random } from '../base/random.ts';
import type { HealthPicture } from '../contract/health.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import { classify } from '../dial/error-classes.ts';
import { errorTraits, hasConsequence } from '../dial/error-table.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import { failing } from './charges.ts';
import { Ejector } from './ejector.ts';
import { ejectorSettings, type IpHealthSettings } from './ejector-settings.ts';
import type { EndpointHealth, EndpointHealthKeeper, Look, RequestResult } from './endpoint-health.ts';
import { groupOf, type IpGroup } from './ip-group.ts';
import { IpRecord, type Judge } from './ip-record.ts';
import { isSilence } from './local-outage.ts';
import { OutlierWatch } from './outlier-watch.ts';
import { OwnTrouble } from './own-trouble.ts';
import { RecordIndex } from './record-index.ts';
import { type ProbeTarget, RecoveryProber } from './recovery-prober.ts';
import { statusError, statusVerdict } from './status-classes.ts';

export interface IpHealthKeeperOptions {
  readonly settings: IpHealthSettings;
  readonly lists: AutomaticLists;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly random: Random;
}

type ChangeListener = (endpoints: readonly Endpoint[]) => void;

/** A caller's 403 has its host's path asked for at most this often on one IP. */
const doubtPauseMs = 10_000;
/** Addresses of one host that no answer of DNS has, and that are remembered all the same. */
const mostNamed = 10_000;

export class IpHealthKeeper implements EndpointHealthKeeper, Judge {
  readonly #options: IpHealthKeeperOptions;
  readonly #records = new RecordIndex();
  /** The present addresses of each host. */
  readonly #hosts = new Map<string, IpGroup>();
  /** Addresses that a caller named, which no answer of DNS has. They have a share of their own. */
  readonly #named = new Map<string, IpGroup>();
  readonly #ejector: Ejector;
  readonly #ownTrouble: OwnTrouble;
  readonly #outliers: OutlierWatch;
  readonly #listeners = new Set<ChangeListener>();
  readonly #phaseListeners = new Set<(endpoint: Endpoint) => void>();
  readonly #stopListening: () => void;
  #prober: RecoveryProber | null = null;
  #settings: IpHealthSettings;

  constructor(options: IpHealthKeeperOptions) {
    this.#options = options;
    this.#settings = options.settings;
    const { clock, random, events, lists } = options;
    this.#ejector = new Ejector({
      clock,
      random,
      events,
      lists,
      settings: ejectorSettings(options.settings),
      onStanding: (records) => this.#tell(records),
      onProbe: (record, atMs) => this.#prober?.plan(record, atMs),
    });
    const hosts = this.#hosts;
    this.#ownTrouble = new OwnTrouble({ clock, events, groups: () => hosts.values(), ejector: this.#ejector });
    this.#stopListening = lists.onChange(() => this.#rulesChanged());
    this.#outliers = new OutlierWatch({
      clock,
      random,
      groups: () => (this.#ownTrouble.isCutOff ? [] : hosts.values()),
      onOutlier: (record, cause) => this.#ejector.eject(record, cause),
    });
  }

  /** Begins to probe what is ejected. Apart from the constructor because the pool, which probes, needs this keeper first. */
  probeWith(target: ProbeTarget): void {
    const { clock, random } = this.#options;
    this.#prober = new RecoveryProber({
      clock,
      random,
      target,
      concurrency: this.#settings.health.checkConcurrency,
      onTrial: (record) => this.#ejector.tryOut(record),
    });
    for (const record of this.#ejector.outOfUse()) {
      this.#prober.plan(record, record.nextProbeMs);
    }
  }

  of(endpoint: Endpoint): EndpointHealth {
    const known = this.#records.of(endpoint);
    if (known) {
      return known;
    }
    const group = groupOf(this.#named, endpoint.host.name);
    this.#forgetOldest(group);
    return this.#add(endpoint, group);
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when an endpoint is new, joins or leaves its host's addresses, is ejected, tried, or back; what its record says of it is whole a moment later. */
  onPhase(listener: (endpoint: Endpoint) => void): () => void {
    this.#phaseListeners.add(listener);
    return () => this.#phaseListeners.delete(listener);
  }

  moved({ endpoint }: IpRecord): void {
    for (const listener of this.#phaseListeners) {
      listener(endpoint);
    }
  }

  /** undefined when nothing is known of it. */
  record(host: string, ip: string, port: number): IpRecord | undefined {
    return this.#records.get(host, ip, port);
  }

  /** The host's present addresses. What left is forgotten; a ban of an earlier run that still stands is taken over. */
  resolved(host: Endpoint['host'], addresses: readonly ResolvedAddress[]): void {
    const group = groupOf(this.#hosts, host.name);
    const others = groupOf(this.#named, host.name);
    group.retired = false;
    const present = new Set<IpRecord>();
    for (const { ip, port } of addresses) {
      const endpoint = { host, ip, port };
      const record = this.#records.of(endpoint) ?? this.#add(endpoint, group);
      this.#move(record, group);
      present.add(record);
    }
    for (const record of [...group.members]) {
      if (!present.has(record)) {
        this.#move(record, others);
      }
    }
    for (const record of present) {
      if (record.phase === 'in-use') {
        this.#ejector.adopt(record);
      }
    }
    this.#ejector.review(group);
    this.#ejector.review(others);
  }

  /** Nobody has used the host for long. A ban of one of its IPs runs out by itself, and is taken over if the host comes back. */
  forget({ name }: Endpoint['host']): void {
    for (const groups of [this.#hosts, this.#named]) {
      for (const record of [...(groups.get(name)?.members ?? [])]) {
        this.#forget(record);
      }
      groups.delete(name);
    }
  }

  /** Its host is not watched any more: nothing is held against its addresses, and nobody probes them. */
  retire(host: string): void {
    const group = this.#hosts.get(host);
    if (!group) {
      return;
    }
    for (const record of group.members) {
      this.#ejector.retire(record);
      this.#ownTrouble.forget(record);
    }
    group.retired = true;
  }

  succeeded(record: IpRecord, look: Look, responseMs: number): void {
    this.#ownTrouble.heard(record, true);
    if (look === 'ping') {
      return;
    }
    this.#answeredWell(record, responseMs);
    if (record.heldFor !== null) {
      this.#ejector.letGo(record);
    }
    if (record.phase === 'in-use') {
      this.#options.lists.allow(record.endpoint.ip);
    }
  }

  failed(record: IpRecord, error: ClassifiedError): void {
    const { errorClass, code, retryAfterMs, withinMs } = error;
    const { scope, follows } = errorTraits[errorClass];
    const { ip } = record.endpoint;
    if (scope === 'local') {
      this.#ownTrouble.met(error, ip);
      return;
    }
    const atMs = this.#options.clock.monotonicMs();
    record.lastError = { class: errorClass, code, atMs, ...(withinMs !== null && { withinMs }) };
    this.#ownTrouble.heard(record, !isSilence(errorClass));
    if (follows.includes('nothing') || this.#ownTrouble.isCutOff) {
      return;
    }
    record.outcomes.add(false, this.#options.clock.monotonicMs());
    record.consecutiveFailures += 1;
    const isPermanent = hasConsequence(errorClass, 'list');
    const reason = isPermanent ? 'permanent-failure' : 'failures-in-a-row';
    const cause = { charge: failing(reason, errorClass, code), failure: errorClass, retryAfterMs };
    if (record.phase === 'probing') {
      this.#ejector.failTrial(record, cause);
    } else if (isPermanent || record.consecutiveFailures >= this.#settings.health.unhealthyAfter) {
      this.#ejector.eject(record, cause);
    }
  }

  requested(record: IpRecord, { end, status, responseMs, error, retryAfterMs }: RequestResult): boolean {
    if (end === 'broken') {
      const broken = classify(error, 'http');
      // The peer's right to close may cross a request on its way: that is no failure of the IP.
      if (broken.errorClass !== 'closed-by-peer') {
        this.failed(record, broken);
      }
      return false;
    }
    this.#ownTrouble.heard(record, true);
    const verdict = status === null || end === 'good' ? 'good' : statusVerdict(status, this.#settings.health);
    if (status !== null && verdict === 'busy') {
      const busy = statusError(verdict, status, 'a request', retryAfterMs);
      if (busy) {
        this.failed(record, busy);
      }
      return false;
    }
    const nowMs = this.#options.clock.monotonicMs();
    if (verdict === 'blocked' || verdict === 'auth') {
      // It may be this path alone that is forbidden; the host's own path knows.
      const asks = nowMs - record.doubtedMs >= doubtPauseMs;
      record.doubtedMs = asks ? nowMs : record.doubtedMs;
      return asks;
    }
    if (status !== null && status >= 500 && verdict === 'bad-status') {
      // A fault of the application on every IP alike is no outlier; on one IP it is.
      record.outcomes.add(false, nowMs);
      return false;
    }
    this.#answeredWell(record, responseMs);
    return false;
  }

  /** In force from now on, for ejections that stand as well. */
  updateSettings(settings: IpHealthSettings): void {
    this.#settings = settings;
    this.#ejector.updateSettings(ejectorSettings(settings));
    this.#prober?.setConcurrency(settings.health.checkConcurrency);
    this.#reviewAll();
  }

  probeNow(record: IpRecord): boolean {
    const isOut = record.phase === 'ejected' || (record.phase === 'in-use' && record.heldFor !== null);
    return isOut && (this.#prober?.hurry(record) ?? false);
  }

  /** For who shows it. Groups of named addresses come last, and have no line of their own among the hosts. */
  get hosts(): Iterable<IpGroup> {
    return this.#hosts.values().filter(({ retired }) => !retired);
  }

  get records(): Iterable<IpRecord> {
    return this.#records.all().filter(({ group }) => !group.retired);
  }

  /** Only a caller has named it: no answer of DNS has. */
  isNamed({ endpoint, group }: IpRecord): boolean {
    return this.#named.get(endpoint.host.name) === group;
  }

  /** Of one IP, whatever host it is known of. */
  recordsOf(ip: string): Iterable<IpRecord> {
    return this.#records.ofIp(ip);
  }

  get ejector(): Pick<Ejector, 'isPermitted' | 'mayEject' | 'permitted'> {
    return this.#ejector;
  }

  /** This machine's own trouble; null: none is known. `sinceMs` is monotonic. */
  get localOutage(): HealthPicture['localOutage'] {
    return this.#ownTrouble.current;
  }

  close(): void {
    this.#stopListening();
    this.#outliers.close();
    this.#prober?.close();
  }

  #add(endpoint: Endpoint, group: IpGroup): IpRecord {
    const record = new IpRecord(endpoint, group, this);
    this.#records.add(record);
    group.add(record);
    this.#ejector.adopt(record);
    this.moved(record);
    return record;
  }

  /** It has joined its host's addresses, or left them: then nothing is held against it any more. */
  #move(record: IpRecord, group: IpGroup): void {
    if (record.group === group) {
      return;
    }
    this.#ejector.forget(record);
    this.#ownTrouble.forget(record);
    record.group.delete(record);
    record.group = group;
    group.add(record);
    this.moved(record);
  }

  /** Names that callers gave long ago go first. */
  #forgetOldest(group: IpGroup): void {
    for (const record of group.members) {
      if (group.members.size <= mostNamed) {
        return;
      }
      this.#forget(record);
    }
  }

  #forget(record: IpRecord): void {
    this.#ejector.forget(record);
    this.#ownTrouble.forget(record);
    record.group.delete(record);
    record.isForgotten = true;
    this.#records.delete(record);
  }

  #answeredWell(record: IpRecord, responseMs: number): void {
    record.outcomes.add(true, this.#options.clock.monotonicMs());
    record.answered(responseMs);
    record.consecutiveFailures = 0;
    if (record.phase === 'probing') {
      record.goodProbes += 1;
      if (record.goodProbes >= this.#settings.health.healthyAfter) {
        this.#ejector.recover(record);
      }
    }
  }

  #rulesChanged(): void {
    this.#ejector.rulesChanged();
    this.#reviewAll();
  }

  #reviewAll(): void {
    const concerned = new Set<IpGroup>();
    for (const { group } of this.#ejector.outOfUse()) {
      concerned.add(group);
    }
    for (const group of concerned) {
      this.#ejector.review(group);
    }
  }

  #tell(records: readonly IpRecord[]): void {
    const endpoints = records.map(({ endpoint }) => endpoint);
    for (const listener of [...this.#listeners]) {
      listener(endpoints);
    }
  }
}
