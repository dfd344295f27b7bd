/** Access lists that an operator and an automaton change. */
import type { AccessPolicy, AccessVerdict } from '../../core/access/access-policy.ts';
import type { Clock, Timer } from '../../core/base/clock.ts';
import type { ClassifiedError } from '../../core/dial/classified-error.ts';
import { hasConsequence } from '../../core/dial/error-table.ts';
import type { EndpointHealthKeeper, Standing } from '../../core/health/endpoint-health.ts';

type List = 'white' | 'black';

function verdictFor(list: List, ip: string, origin: 'operator' | 'automatic'): AccessVerdict {
  return { allowed: list === 'white', list, rule: { value: ip, origin } };
}

/** Announces each change at once, from within the pool's own report when the automaton makes it: the hardest order. */
export class SimulatedAccess implements AccessPolicy {
  enforce = false;
  readonly whitelistMoves = 0;
  readonly #clock: Clock;
  readonly #automaticBanMs: number | null;
  readonly #operator = new Map<string, AccessVerdict>();
  readonly #automatic = new Map<string, { readonly verdict: AccessVerdict; readonly expiry: Timer | null }>();
  readonly #listeners = new Set<() => void>();
  /** When an IP's verdict last changed from allowed to not, or back. */
  changedMs = Number.NEGATIVE_INFINITY;

  /** `automaticBanMs` null: nothing is listed automatically. */
  constructor(clock: Clock, automaticBanMs: number | null) {
    this.#clock = clock;
    this.#automaticBanMs = automaticBanMs;
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

  /** The automaton of the lists: a success lists white, a permanent failure bans for a while. Its changes are announced as theirs. */
  readonly health: EndpointHealthKeeper = {
    of: ({ ip }) => {
      const standing = (): Standing => (this.#automatic.get(ip)?.verdict.list === 'black' ? 'barred' : 'open');
      return {
        get standing() {
          return standing();
        },
        succeeded: () => this.#succeeded(ip),
        failed: (error) => this.#failed(ip, error),
        requested: () => false,
      };
    },
    onChange: () => () => undefined,
  };

  #succeeded(ip: string): void {
    if (this.#automaticBanMs !== null && !this.#operator.has(ip) && !this.#automatic.has(ip)) {
      this.#automatic.set(ip, { verdict: verdictFor('white', ip, 'automatic'), expiry: null });
      this.announce();
    }
  }

  #failed(ip: string, error: ClassifiedError): void {
    if (this.#automaticBanMs === null || this.#operator.has(ip) || !hasConsequence(error.errorClass, 'list')) {
      return;
    }
    this.#forget(ip);
    const expiry = this.#clock.after(this.#automaticBanMs, () => {
      this.#forget(ip);
      this.announce();
    });
    this.#automatic.set(ip, { verdict: verdictFor('black', ip, 'automatic'), expiry });
    this.announce();
  }

  onChange(listener: () => void): () => void {
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

  announce(): void {
    this.changedMs = this.#clock.monotonicMs();
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  #forget(ip: string): void {
    this.#automatic.get(ip)?.expiry?.cancel();
    this.#automatic.delete(ip);
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
