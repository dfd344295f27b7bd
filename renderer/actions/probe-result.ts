/** What came of a probe: the engine says that it begins, and the address's health what it found. */
import type { IpHealth } from '../../core/contract/health.ts';
import type { ErrorClass } from '../../core/contract/vocabulary.ts';
import type { HealthStore } from '../store/health-store.ts';

export type ProbeResult =
  | { readonly kind: 'well' }
  | { readonly kind: 'failed'; readonly errorClass: ErrorClass }
  /** Nothing is known yet. */
  | { readonly kind: 'open' };

/** A dial may take its whole deadline; nobody waits longer than this for a word of it. */
const patienceMs = 15_000;

/** `before`: as it was when the probe was asked for. */
export function probeResult(before: IpHealth | undefined, now: IpHealth | undefined): ProbeResult {
  if (now === undefined) {
    return { kind: 'open' };
  }
  if (now.lastError && now.lastError.atMs !== before?.lastError?.atMs) {
    return { kind: 'failed', errorClass: now.lastError.class };
  }
  const isOut = now.state === 'ejected' || now.state === 'probing' || now.heldInUse;
  return isOut ? { kind: 'open' } : { kind: 'well' };
}

/** Resolves when there is a result, or when it has been waited for long enough. */
export function awaitProbe(
  health: Pick<HealthStore, 'of' | 'changes' | 'retain'>,
  endpoint: Pick<IpHealth, 'host' | 'ip' | 'port'>,
  before: IpHealth | undefined,
): Promise<ProbeResult> {
  const release = health.retain();
  return new Promise<ProbeResult>((resolve) => {
    const end = (result: ProbeResult): void => {
      clearTimeout(timer);
      stop();
      release();
      resolve(result);
    };
    const timer = setTimeout(() => end({ kind: 'open' }), patienceMs);
    const stop = health.changes.subscribe(() => {
      const result = probeResult(before, health.of(endpoint));
      if (result.kind !== 'open') {
        end(result);
      }
    });
  });
}
