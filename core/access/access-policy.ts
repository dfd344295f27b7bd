/** What the pool asks of the access lists, and what it tells them. Implemented by `IpAccessController`. */
import type { AccessListName, AccessOrigin } from '../contract/access.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';

export interface AccessVerdict {
  /** By the order of rules; false also for an unknown IP in `enforce` mode. */
  readonly allowed: boolean;
  /** The list that decided; null for an unknown IP. */
  readonly list: AccessListName | null;
  /** The entry that decided; null for an unknown IP. */
  readonly rule: { readonly value: string; readonly origin: AccessOrigin } | null;
}

export interface AccessPolicy {
  /** Microseconds, no side effect. `ip` is canonical. */
  verdict(ip: string): AccessVerdict;
  /** Counts a hit on the entry that decides about this IP. Called once per decision to dial or to refuse. */
  recordHit(ip: string): void;
  /** An unknown IP has validated, or an automatic entry's IP is well again. */
  reportSuccess(ip: string): void;
  /** A failure that may list the IP automatically, by its class; an operator's, file's or config's entry is never changed. */
  reportFailure(ip: string, error: ClassifiedError): void;
  /** After each change of the lists or of the mode. Returns the function that stops listening. */
  onChange(listener: () => void): () => void;
  readonly whitelistCount: number;
  readonly blacklistCount: number;
  /** IPs that were banned automatically and are on the automatic white list since they were found well again. */
  readonly whitelistMoves: number;
}
