/** Access lists that an operator and an automaton change. */
import type {
  AccessChangeListener,
  AccessPolicy,
  AccessVerdict,
  AutomaticLists,
} from '../../core/access/access-policy.ts';
import type { Clock, Timer } from '../../core/base/clock.ts';

type List = 'white' | 'black';

function verdictFor(list: List, ip: string, origin: 'operator' | 'automatic'): AccessVerdict {
  return { allowed: list === 'white', list, rule: { value: ip, origin } };
}

/** Announces each change at once, from within the pool's own report when the automaton makes it: the hardest order. */
export class SimulatedAccess implements AccessPolicy, AutomaticLists {
  enforce = false;
  readonly whitelistMoves = 0;
  readonly #clock: Clock;
  readonly #operator = new Map<string, AccessVerdict>();
  readonly #automatic = new Map<string, { readonly verdict: AccessVerdict; readonly expiry: Timer | null }>();
  readonly #bans = new Map<string, NonNullable<ReturnType<AutomaticLists['automaticBan']>>>();
  readonly #listeners = new Set<AccessChangeListener>();
  /** When an IP's verdict last changed from allowed to not, or back. */
  changedMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get whitelistCount(): number {
    return this.#count('white');
  }

  get blacklistCount(): number {
    return this.#count('black');
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  verdict(ip: string): AccessVerdict {
    const listed = this.#operator.get(ip) ?? this.#automatic.get(ip)?.verdict;
    return listed ?? { allowed: !this.enforce, list: null, rule: null };
  }

  /** On the white list by an operator's hand: the pool goes there first, even if others need no check. */
  isPreferred(ip: string): boolean {
    return this.#operator.get(ip)?.list === 'white';
  }

  recordHit(): void {}

  automaticBan(ip: string): ReturnType<AutomaticLists['automaticBan']> {
    return this.#bans.get(ip) ?? null;
  }

  ban(ip: string, note: string, expiresAtMs: number, hosts: readonly string[] = []): void {
    this.#forget(ip);
    this.#bans.set(ip, { note, expiresAtMs, hosts });
    const expiry = this.#clock.after(expiresAtMs - this.#clock.epochMs(), () => this.unban(ip));
    this.#automatic.set(ip, { verdict: verdictFor('black', ip, 'automatic'), expiry });
    this.announce(new Set([ip]));
  }

  unban(ip: string): void {
    if (this.#bans.has(ip)) {
      this.#forget(ip);
      this.announce(new Set([ip]));
    }
  }

  allow(ip: string): void {
    if (!this.#operator.has(ip) && !this.#automatic.has(ip)) {
      this.#automatic.set(ip, { verdict: verdictFor('white', ip, 'automatic'), expiry: null });
      this.announce(new Set([ip]));
    }
  }

  readmit(ip: string): void {
    this.#forget(ip);
    this.allow(ip);
  }

  onChange(listener: AccessChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(list: List, ip: string): void {
    this.#operator.set(ip, verdictFor(list, ip, 'operator'));
    this.announce();
  }

  unlist(ip: string): void {
    this.#operator.delete(ip);
    this.announce();
  }

  setEnforce(enforce: boolean): void {
    this.enforce = enforce;
    this.announce();
  }

  /** Everybody may be dialled again. */
  clear(): void {
    this.enforce = false;
    this.#operator.clear();
    for (const ip of [...this.#automatic.keys()]) {
      this.#forget(ip);
    }
    this.announce();
  }

  announce(ips: ReadonlySet<string> | null = null): void {
    this.changedMs = this.#clock.monotonicMs();
    for (const listener of [...this.#listeners]) {
      listener(ips);
    }
  }

  #forget(ip: string): void {
    this.#automatic.get(ip)?.expiry?.cancel();
    this.#automatic.delete(ip);
    this.#bans.delete(ip);
  }

  #count(list: List): number {
    let count = 0;
    for (const verdict of [
      ...this.#operator.values(),
      ...[...this.#automatic.values()].map((entry) => entry.verdict),
    ]) {
      count += verdict.list === list ? 1 : 0;
    }
    return count;
  }
}
