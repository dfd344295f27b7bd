/** What the pool, and the keeper of the IPs' health, have of the access lists. Implemented by `IpAccessController`. */
import type { AccessListName, AccessOrigin } from '../contract/access.ts';

export interface AccessVerdict {
  /** By the order of rules; false also for an unknown IP in `enforce` mode. */
  readonly allowed: boolean;
  /** The list that decided; null for an unknown IP. */
  readonly list: AccessListName | null;
  /** The entry that decided; null for an unknown IP. */
  readonly rule: { readonly value: string; readonly origin: AccessOrigin } | null;
}

/** `ips`: what the lists say of them may be different, and of no other; null: of any. */
export type AccessChangeListener = (ips: ReadonlySet<string> | null) => void;

export interface AccessPolicy {
  /** Microseconds, no side effect. `ip` is canonical. */
  verdict(ip: string): AccessVerdict;
  /** Counts a hit on the entry that decides about this IP. Called once per decision to dial or to refuse. */
  recordHit(ip: string): void;
  /** After each change of the lists or of the mode. Returns the function that stops listening. */
  onChange(listener: AccessChangeListener): () => void;
  readonly whitelistCount: number;
  readonly blacklistCount: number;
  /** IPs that were banned automatically and are on the automatic white list since they were found well again. */
  readonly whitelistMoves: number;
}

/** The automaton's own entries: each has an expiry, and none changes what a person wrote. `ip` is canonical. */
export interface AutomaticLists extends Pick<AccessPolicy, 'verdict' | 'onChange'> {
  /** The automatic ban of this very IP; null: there is none. */
  automaticBan(
    ip: string,
  ): { readonly note: string; readonly expiresAtMs: number; readonly hosts: readonly string[] } | null;
  /**
   * Puts it on the automatic black list until then (epoch), and takes it off the white one; a ban that stands is replaced.
   * It holds for `hosts` (canonical names) alone, which is remembered over a restart; empty: for all.
   */
  ban(ip: string, note: string, expiresAtMs: number, hosts?: readonly string[]): void;
  /** Lifts an automatic ban; the IP is unknown again. */
  unban(ip: string): void;
  /** It has validated: one that nothing names joins the automatic white list, one that is there stays for another 24 h. */
  allow(ip: string): void;
  /** One that was banned automatically is well again: it joins the automatic white list, which is counted. */
  readmit(ip: string): void;
}
