/** What is known of the health of one endpoint. It only remembers; `IpHealthKeeper` judges. */
import type { Charge } from '../contract/event-kinds.ts';
import type { ErrorClass } from '../contract/vocabulary.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { Ejection, EndpointHealth, Look, RequestResult, Standing } from './endpoint-health.ts';
import type { IpGroup } from './ip-group.ts';
import { OutcomeWindow } from './outcome-window.ts';

/** Who weighs the evidence. */
export interface Judge {
  succeeded(record: IpRecord, look: Look, responseMs: number): void;
  failed(record: IpRecord, error: ClassifiedError): void;
  requested(record: IpRecord, result: RequestResult): boolean;
  probeNow(record: IpRecord): boolean;
  /** Its phase is another. */
  moved(record: IpRecord): void;
}

export type IpPhase = 'in-use' | 'ejected' | 'probing';

/** Weight of the newest response in the moving average. */
const newestWeight = 0.3;
const never = Number.NEGATIVE_INFINITY;

/** All times are monotonic milliseconds. */
export class IpRecord implements EndpointHealth {
  readonly endpoint: Endpoint;
  /** Its host's present addresses, or those that only a caller named. */
  group: IpGroup;
  readonly #judge: Judge;
  /** Set by the ejector alone, which tells of it. */
  standing: Standing = 'open';
  isForgotten = false;
  #phase: IpPhase = 'in-use';
  /** Why it is ejected or probed; null: it is in use. */
  charge: Charge | null = null;
  /** What it was out of use for before its last trial failed; null: it was in use. */
  chargeBeforeTrial: Charge | null = null;
  /** The failure for which it deserves an ejection that the maximum share does not allow; null: it deserves none. */
  heldFor: ErrorClass | 'outlier' | null = null;
  ejectedAtMs = never;
  ejectedUntilMs = never;
  nextProbeMs: number | null = null;
  /** When its entry of the black list expires: epoch, for that clock may jump. */
  banEndsAtMs = never;
  /** Ejections in a row: the exponent of its back-off, plus one. */
  ejections = 0;
  lastEjectionMs = 0;
  recoveredMs = never;
  consecutiveFailures = 0;
  goodProbes = 0;
  latencyMs: number | null = null;
  lastError: {
    readonly class: ErrorClass;
    readonly code: string;
    readonly atMs: number;
    readonly withinMs?: number;
  } | null = null;
  readonly outcomes = new OutcomeWindow();
  /** When it was last noted as answering by the watch for local outages. */
  heardWellMs = never;
  /** When its host's path was last asked for because of a caller's 403. */
  doubtedMs = never;

  constructor(endpoint: Endpoint, group: IpGroup, judge: Judge) {
    this.endpoint = endpoint;
    this.group = group;
    this.#judge = judge;
  }

  get phase(): IpPhase {
    return this.#phase;
  }

  /** Set by the ejector alone. */
  set phase(phase: IpPhase) {
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#judge.moved(this);
    }
  }

  get ejection(): Ejection | null {
    const held = this.phase === 'in-use' && this.heldFor !== null;
    if (this.phase === 'in-use' && !held) {
      return null;
    }
    const { charge, ejectedUntilMs, nextProbeMs, ejections } = this;
    const reason = charge?.reason ?? null;
    return { reason, untilMs: held ? null : ejectedUntilMs, nextProbeMs, count: ejections, held };
  }

  succeeded(look: Look, responseMs: number): void {
    this.#judge.succeeded(this, look, responseMs);
  }

  failed(error: ClassifiedError): void {
    this.#judge.failed(this, error);
  }

  requested(result: RequestResult): boolean {
    return this.#judge.requested(this, result);
  }

  probeNow(): boolean {
    return this.#judge.probeNow(this);
  }

  answered(responseMs: number): void {
    this.latencyMs =
      this.latencyMs === null ? responseMs : this.latencyMs + newestWeight * (responseMs - this.latencyMs);
  }
}
