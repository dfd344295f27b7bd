/** What a status says of an IP, by the lists of the configuration. */
import type { HealthSettings } from '../config/settings.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { ValidationVerdict } from './validation.ts';

export type StatusVerdict = Exclude<ValidationVerdict, 'broken'>;
type StatusSettings = Pick<HealthSettings, 'statusGood' | 'statusBlocked' | 'statusBusy' | 'statusAuth'>;

/** The named lists count before the good ranges, so that a 403 can be singled out of a wide range. */
export function statusVerdict(status: number, settings: StatusSettings): StatusVerdict {
  if (settings.statusBlocked.includes(status)) {
    return 'blocked';
  }
  if (settings.statusAuth.includes(status)) {
    return 'auth';
  }
  if (settings.statusBusy.includes(status)) {
    return 'busy';
  }
  return settings.statusGood.some(([from, to]) => status >= from && status <= to) ? 'good' : 'bad-status';
}

/**
 * null when good. The error's class has the verdict's own name; its words go into events, logs and lists, and what stands
 * behind the `?` of a caller's path may be a secret of his.
 */
export function statusError(
  verdict: StatusVerdict,
  status: number,
  path: string,
  retryAfterMs: number | null,
): ClassifiedError | null {
  if (verdict === 'good') {
    return null;
  }
  const [place = path] = path.split('?');
  return new ClassifiedError(verdict, String(status), whyWords(`answers-${verdict}`, { place, status }), {
    retryAfterMs,
  });
}
