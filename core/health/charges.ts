/** For what an IP is put out of use: as its record keeps it, its event tells it, and the note of the list says it. */
import type { Charge } from '../contract/event-kinds.ts';
import type { EjectionReason } from '../contract/health.ts';
import type { ErrorClass } from '../contract/vocabulary.ts';
import { isSilence } from './local-outage.ts';

const nothing: Omit<Charge, 'reason' | 'failure'> = {
  code: null,
  good: null,
  looked: null,
  responseMs: null,
  note: null,
};

/** It has failed. */
export function failing(reason: EjectionReason, failure: ErrorClass, code: string): Charge {
  return { ...nothing, reason, failure, code };
}

/** It fares worse than its host's other IPs. */
export function outlying(reason: EjectionReason, figures: Pick<Charge, 'good' | 'looked' | 'responseMs'>): Charge {
  return { ...nothing, reason, failure: 'outlier', ...figures };
}

/** An earlier run has banned it. */
export function storedBan(note: string): Charge {
  return { ...nothing, reason: 'stored-ban', failure: null, note };
}

/** It did not answer, so often that it was put out of use: a machine that is cut off sees the same. */
export function isOfSilence(charge: Charge | null): boolean {
  return charge?.reason === 'failures-in-a-row' && charge.failure !== null && isSilence(charge.failure);
}
