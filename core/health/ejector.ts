/**
 * Takes IPs out of use and brings them back, within what the settings allow: never more than `max_ejected_share` of a
 * host's IPs, none at all below `panic_share`. Every ejection is an entry of the automatic black list, with an expiry.
 */
import type { AutomaticLists } from '../access/access-policy.ts';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { jittered, type Random } from '../base/random.ts';
import type { Charge, EventDataOf } from '../contract/event-kinds.ts';
import type { ErrorClass } from '../contract/vocabulary.ts';
import { storedBan } from './charges.ts';
import type { EjectorSettings } from './ejector-settings.ts';
import type { Standing } from './endpoint-health.ts';
import { GroupStates } from './group-states.ts';
import { type IpGroup, mostEjected } from './ip-group.ts';
import type { IpRecord } from './ip-record.ts';
import { OutOfUse } from './out-of-use.ts';

export interface EjectorOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly lists: AutomaticLists;
  readonly settings: EjectorSettings;
  /** The standing of these is another. */
  readonly onStanding: (records: readonly IpRecord[]) => void;
  /** A probe is due at this time (monotonic); null: none is any more. */
  readonly onProbe: (record: IpRecord, atMs: number | null) => void;
}

type ReleaseReason = EventDataOf<'health.released'>['why'];

export interface EjectionCause {
  readonly charge: Charge;
  readonly failure: ErrorClass | 'outlier';
  /** What a busy server asked for. */
  readonly retryAfterMs: number | null;
}

/** Spread of an ejection's length, so that IPs ejected together do not come back together. */
const jitterShare = 0.1;
/** Its entry stays on the list for its trial as well; it goes by itself when nobody comes to try it. */
export const trialMs = 60_000;
/** Doubling any base this often is past every cap. */
const mostDoublings = 40;

export class Ejector {
  readonly #options: EjectorOptions;
  readonly #states: GroupStates;
  #settings: EjectorSettings;
  /** Who is ejected or on trial. */
  readonly #out: OutOfUse;
  #revision = 0;

  constructor(options: EjectorOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#states = new GroupStates(options.events);
    this.#out = new OutOfUse(options.lists);
  }

  /** Everything that is ejected or on trial. */
  outOfUse(): Iterable<IpRecord> {
    return this.#out;
  }

  isOutOfUse(ip: string): boolean {
    return this.#out.has(ip);
  }

  /** Neither a person's rule nor `enforce` keeps it out of use; a ban of the automaton's that has just run out counts for it. */
  readonly isPermitted = (ip: string): boolean => {
    const { allowed, rule } = this.#options.lists.verdict(ip);
    return allowed || (rule ? rule.origin === 'automatic' : this.#out.has(ip));
  };

  permitted(group: IpGroup): number {
    return group.permitted(this.isPermitted, this.#revision);
  }

  mayEject(group: IpGroup): number {
    return mostEjected(this.permitted(group), this.#settings.maxEjectedShare);
  }

  /** Takes it out of use, if no person's rule decides about it and the share allows it. False when it stays. */
  eject(record: IpRecord, cause: EjectionCause): boolean {
    const { endpoint, group } = record;
    const isFree = record.phase === 'in-use' && !group.retired;
    if (!isFree || this.#isDecided(endpoint.ip) || !this.isPermitted(endpoint.ip)) {
      return false;
    }
    if (group.outOfUse + 1 > this.mayEject(group)) {
      this.#hold(record, cause);
      return false;
    }
    const nowMs = this.#nowMs();
    // One that stayed well for as long as it was away begins anew.
    if (nowMs - record.recoveredMs > Math.max(this.#settings.ejectBaseMs, record.lastEjectionMs)) {
      record.ejections = 0;
    }
    this.#putOut(record, cause, nowMs);
    return true;
  }

  /** A trial has failed: back again, for longer; one that was tried before its time stays for the rest of it. */
  failTrial(record: IpRecord, cause: EjectionCause): void {
    const nowMs = this.#nowMs();
    if (nowMs < record.ejectedUntilMs) {
      record.phase = 'ejected';
      record.goodProbes = 0;
      this.#planProbe(record, nowMs);
      this.#settle([record]);
    } else {
      this.#putOut(record, cause, nowMs);
    }
  }

  /** A ban of an earlier run that still stands: as if it had been ejected here. */
  adopt(record: IpRecord): void {
    const { lists, clock } = this.#options;
    const { ip } = record.endpoint;
    const ban = lists.automaticBan(ip);
    // One that names nobody was made by an earlier program: it is for the first that comes.
    const isHeld = ban && ban.hosts.length > 0 ? ban.hosts.includes(record.endpoint.host.name) : !this.#out.has(ip);
    if (!ban || !isHeld || this.#isDecided(ip) || record.group.outOfUse + 1 > this.mayEject(record.group)) {
      return;
    }
    const nowMs = this.#nowMs();
    record.ejections = 1;
    record.charge = storedBan(ban.note);
    record.chargeBeforeTrial = null;
    record.ejectedAtMs = nowMs;
    record.ejectedUntilMs = nowMs + Math.max(0, ban.expiresAtMs - trialMs - clock.epochMs());
    record.lastEjectionMs = record.ejectedUntilMs - nowMs;
    record.banEndsAtMs = ban.expiresAtMs;
    this.#takeOut(record, nowMs);
  }

  /**
   * A probe is due. What was ejected is on trial from here: one good look or more says whether it is well. False when
   * there is nothing to look at: it is in use and nothing is held against it, or a person decides about it by now.
   */
  tryOut(record: IpRecord): boolean {
    if (record.phase === 'in-use') {
      if (record.heldFor !== null && this.#isDecided(record.endpoint.ip)) {
        this.letGo(record);
      }
      record.nextProbeMs = null;
      return record.heldFor !== null;
    }
    record.phase = 'probing';
    record.goodProbes = 0;
    record.nextProbeMs = null;
    this.#settle([record]);
    return true;
  }

  /** `healthy_after` good looks: it joins the automatic white list, and slowly returns to its share of the work. */
  recover(record: IpRecord): void {
    const { events, lists } = this.#options;
    const { host, ip } = record.endpoint;
    record.recoveredMs = this.#nowMs();
    record.outcomes.clear();
    this.#bringBack(record);
    if (this.#out.has(ip)) {
      this.#out.unlist(ip);
    } else {
      lists.readmit(ip);
    }
    events.emit('info', 'health.recovered', ip, { host: host.name, ip });
    this.#settle([record]);
  }

  /** It is in use again without a trial: its ejection is void. */
  release(record: IpRecord, why: ReleaseReason): void {
    const { events } = this.#options;
    const { host, ip } = record.endpoint;
    record.ejections = Math.max(0, record.ejections - 1);
    this.#bringBack(record);
    this.#out.unlist(ip);
    const told = { host: host.name, ip, why, mayEject: this.mayEject(record.group) };
    events.emit('info', 'health.released', ip, told);
    this.#settle([record]);
  }

  /** Its last failure was that of this machine: an ejection for it is void, a trial that failed by it is had again. */
  exonerate(record: IpRecord): void {
    if (record.chargeBeforeTrial === null) {
      this.release(record, 'local-outage');
      return;
    }
    const nowMs = this.#nowMs();
    const { host, ip } = record.endpoint;
    record.charge = record.chargeBeforeTrial;
    record.chargeBeforeTrial = null;
    record.ejections = Math.max(1, record.ejections - 1);
    record.ejectedUntilMs = Math.min(record.ejectedUntilMs, nowMs + this.#settings.ejectBaseMs);
    this.#out.list(ip);
    this.#planProbe(record, nowMs);
    this.#options.events.emit('info', 'health.trial-void', ip, { host: host.name, ip, ...record.charge });
  }

  /** Its host no longer has it. Its entry of the list runs out by itself. */
  forget(record: IpRecord): void {
    if (record.phase !== 'in-use') {
      this.#bringBack(record);
    } else if (record.heldFor !== null) {
      this.letGo(record);
    }
  }

  /** Nobody watches its host any more. */
  retire(record: IpRecord): void {
    if (record.phase === 'in-use') {
      this.forget(record);
    } else {
      this.release(record, 'not-watched');
    }
  }

  updateSettings(settings: EjectorSettings): void {
    this.#settings = settings;
    const nowMs = this.#nowMs();
    for (const record of this.outOfUse()) {
      if (record.phase === 'ejected') {
        record.ejectedUntilMs = Math.min(record.ejectedUntilMs, record.ejectedAtMs + settings.ejectMaxMs);
        this.#planProbe(record, nowMs);
      }
    }
  }

  /** The lists are others: a person may have lifted a ban, or decided about an IP that the automaton had ejected. */
  rulesChanged(): void {
    this.#revision += 1;
    const { lists, clock } = this.#options;
    // An entry that its own time has taken, be it by a jump of the clock, was lifted by nobody.
    const nowMs = clock.epochMs();
    for (const record of [...this.outOfUse()]) {
      const { ip } = record.endpoint;
      if (this.#isDecided(ip)) {
        this.release(record, 'rule');
      } else if (record.banEndsAtMs > nowMs && !lists.automaticBan(ip)) {
        record.ejections = 0;
        this.release(record, 'unbanned');
      }
    }
  }

  /** Holds the share, panic and block of a group to what they have to be now: after its members, rules or settings changed. */
  review(group: IpGroup): void {
    const most = this.mayEject(group);
    const away = [...group.members].filter(({ phase }) => phase !== 'in-use');
    away.sort((one, other) => one.ejectedUntilMs - other.ejectedUntilMs);
    for (const record of away.slice(0, Math.max(0, away.length - most))) {
      this.release(record, 'share');
    }
    this.#settle([...group.members]);
  }

  /** One of its members fares otherwise than before. */
  reviewBlock(group: IpGroup): void {
    this.#states.reviewBlock(group, this.isPermitted);
  }

  /** By a person: the automaton has no say. */
  #isDecided(ip: string): boolean {
    const { rule } = this.#options.lists.verdict(ip);
    return rule !== null && rule.origin !== 'automatic';
  }

  #hold(record: IpRecord, { charge, failure }: EjectionCause): void {
    const { group, endpoint } = record;
    record.heldFor = failure;
    this.#states.full(group, endpoint.ip, charge, this.mayEject(group));
    this.#planProbe(record, this.#nowMs());
    this.reviewBlock(group);
  }

  /** It deserves no ejection any more. */
  letGo(record: IpRecord): void {
    record.heldFor = null;
    record.nextProbeMs = null;
    this.#options.onProbe(record, null);
    this.reviewBlock(record.group);
  }

  #putOut(record: IpRecord, { charge, retryAfterMs }: EjectionCause, nowMs: number): void {
    const { clock, events, random } = this.#options;
    const { ejectBaseMs, ejectMaxMs } = this.#settings;
    const { host, ip } = record.endpoint;
    const doublings = Math.min(record.ejections, mostDoublings);
    const backOffMs = jittered(random, ejectBaseMs * 2 ** doublings, jitterShare);
    const lengthMs = Math.min(ejectMaxMs, Math.max(backOffMs, retryAfterMs ?? 0));
    record.ejections += 1;
    record.chargeBeforeTrial = record.charge;
    record.charge = charge;
    record.ejectedAtMs = nowMs;
    record.ejectedUntilMs = nowMs + lengthMs;
    record.lastEjectionMs = lengthMs;
    record.banEndsAtMs = Math.ceil(clock.epochMs() + lengthMs + trialMs);
    this.#out.add(record);
    this.#out.list(ip);
    const seconds = Math.round(lengthMs / 1_000);
    const told = { host: host.name, ip, ...charge, seconds, ejections: record.ejections };
    events.emit('warn', 'health.ejected', ip, told);
    this.#takeOut(record, nowMs);
  }

  #takeOut(record: IpRecord, nowMs: number): void {
    record.phase = 'ejected';
    record.heldFor = null;
    record.goodProbes = 0;
    this.#out.add(record);
    this.#planProbe(record, nowMs);
    this.#settle([record]);
  }

  #bringBack(record: IpRecord): void {
    record.phase = 'in-use';
    record.charge = null;
    record.chargeBeforeTrial = null;
    record.doubtedMs = Number.NEGATIVE_INFINITY;
    record.ejectedUntilMs = Number.NEGATIVE_INFINITY;
    record.nextProbeMs = null;
    record.consecutiveFailures = 0;
    record.group.isFull = false;
    this.#out.delete(record);
    this.#options.onProbe(record, null);
    this.#lookAtHeld(record.group);
  }

  /** The share has room again: who is held in use for want of it is looked at now, and ejected if it still deserves it. */
  #lookAtHeld(group: IpGroup): void {
    const nowMs = this.#nowMs();
    for (const member of group.members) {
      if (member.heldFor !== null) {
        member.nextProbeMs = nowMs;
        this.#options.onProbe(member, nowMs);
      }
    }
  }

  /**
   * At the end of its back-off, and at the latest each `blacklist_check_interval`. One that the share holds in use has no
   * back-off: it is looked at as early as one that was ejected for the first time, for nobody may come to ask it.
   */
  #planProbe(record: IpRecord, nowMs: number): void {
    const { blacklistCheckIntervalMs, ejectBaseMs } = this.#settings;
    const endsMs = record.phase === 'in-use' ? nowMs + ejectBaseMs : record.ejectedUntilMs;
    record.nextProbeMs = Math.min(endsMs, nowMs + blacklistCheckIntervalMs);
    this.#options.onProbe(record, record.nextProbeMs);
  }

  /** Brings the standing of these, and with the panic that of their groups, to what follows from their phase. */
  #settle(records: readonly IpRecord[]): void {
    const touched = new Set(records);
    for (const group of new Set(records.map((record) => record.group))) {
      this.reviewBlock(group);
      if (this.#states.reviewPanic(group, this.permitted(group), this.#settings.panicShare)) {
        for (const member of group.members) {
          touched.add(member);
        }
      }
    }
    const changed: IpRecord[] = [];
    for (const record of touched) {
      const standing = standingOf(record);
      if (standing !== record.standing) {
        record.standing = standing;
        changed.push(record);
      }
    }
    if (changed.length > 0) {
      this.#options.onStanding(changed);
    }
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}

function standingOf({ phase, group }: IpRecord): Standing {
  if (phase === 'in-use' || group.panic) {
    return 'open';
  }
  return phase === 'ejected' ? 'barred' : 'trial';
}
