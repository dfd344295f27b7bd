/** What the pool asks of the health of an endpoint (host, IP and port), and what it tells. `IpHealthKeeper` implements it. */
import type { EjectionReason } from '../contract/health.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';

/**
 * - `open`: dialled and leased like any other.
 * - `trial`: half open; a probe's connection may serve, nothing else is dialled.
 * - `barred`: neither dialled nor leased.
 */
export type Standing = 'open' | 'trial' | 'barred';

/**
 * - `validation`: a new connection was dialled and has answered for its host's path.
 * - `check`: one that was idle has.
 * - `ping`: it lives, but nothing was asked of it.
 */
export type Look = 'validation' | 'check' | 'ping';

/** How a request of a caller's ended; one that its caller gave up is not told. */
export interface RequestResult {
  readonly end: 'good' | 'bad' | 'broken';
  /** null: no answer began. */
  readonly status: number | null;
  readonly responseMs: number;
  /** Why it broke. */
  readonly error: Error | null;
  /** For so long its server has asked to be left alone; null: it has not. */
  readonly retryAfterMs: number | null;
}

/** What is held against an endpoint. Times are monotonic; null: there is none. */
export interface Ejection {
  readonly reason: EjectionReason | null;
  readonly untilMs: number | null;
  readonly nextProbeMs: number | null;
  /** In a row: the back-off doubles with each. */
  readonly count: number;
  /** It deserves an ejection that the maximum share does not allow, so it stays in use. */
  readonly held: boolean;
}

export interface EndpointHealth {
  /** null: nothing is held against it. */
  readonly ejection: Ejection | null;
  /** What the automaton says; a person's rule goes before it. Changes are told by {@link EndpointHealthKeeper.onChange}. */
  readonly standing: Standing;
  /** Its keeper knows it no more: what happens to the endpoint from now on is to be told to another. */
  readonly isForgotten: boolean;
  succeeded(look: Look, responseMs: number): void;
  /** A dial, a validation or a check has failed. */
  failed(error: ClassifiedError): void;
  /** True when its connection is to be asked for its host's path after this lease: a caller's path has met a 403. */
  requested(result: RequestResult): boolean;
  /** Probes it now instead of at the end of its back-off. False when it is neither ejected nor held, or is being probed. */
  probeNow(): boolean;
}

export const unjudged: EndpointHealth = {
  ejection: null,
  standing: 'open',
  isForgotten: false,
  succeeded: () => undefined,
  failed: () => undefined,
  requested: () => false,
  probeNow: () => false,
};
/** Keeper of nobody's health: whoever uses a pool without one ejects nobody. */
export const withoutJudgement: EndpointHealthKeeper = { of: () => unjudged, onChange: () => () => undefined };

export interface EndpointHealthKeeper {
  /** The same for the same endpoint, as long as its host has it. */
  of(endpoint: Endpoint): EndpointHealth;
  /** Called at once with the endpoints whose standing is another. Returns the function that stops listening. */
  onChange(listener: (endpoints: readonly Endpoint[]) => void): () => void;
}
