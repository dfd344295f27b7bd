/** Words of an IP's drawer. */
import type { HistoryKind, IpExplanation } from '../../core/contract/explain.ts';
import type { EjectionReason, IpState } from '../../core/contract/health.ts';
import { count, milliseconds, percent, plural, span, timeOfDay } from '../words/format.ts';

export const words = {
  close: 'Close the drawer',
  failed: 'The engine could not say:',
  sentence: ({ sentence }: IpExplanation) => sentence,
  access: (allowed: boolean, rule: string) => `Access: ${allowed ? 'may be dialled' : 'may not be dialled'} · ${rule}`,
  rule: (list: string, value: string, origin: string) => `${list}: ${value} (${origin})`,
  noRule: 'no list names it',
  states: {
    unknown: 'not known yet',
    allowed: 'on a white list',
    blocked: 'blocked by a rule',
    ejected: 'ejected',
    probing: 'on trial',
  } satisfies Record<IpState, string>,
  reasons: {
    'permanent-failure': 'a permanent failure',
    'failures-in-a-row': 'failures in a row',
    'success-outlier': 'it succeeds less often than the host’s other IPs',
    'latency-outlier': 'it answers more slowly than the host’s other IPs',
    'stored-ban': 'a ban of an earlier run',
  } satisfies Record<EjectionReason, string>,
  facts: {
    state: 'State',
    reason: 'Because of',
    until: 'Ejected until',
    ejectedFor: 'Ejected for',
    probe: 'Next probe',
    ejections: 'Ejections',
    held: 'Held in use',
    heldText: 'deserves an ejection; max_ejected_share keeps it in use',
    goodProbes: 'Good probes',
    inARow: 'Failures in a row',
    success: 'Success, 60 s',
    latency: 'Response, moving mean',
    slowStart: 'Share in slow start',
    connections: 'Connections',
    backOff: 'Others are dialled first until',
    byClass: 'Failures',
    lastError: 'Last error',
    vanished: 'DNS',
    vanishedText: 'no longer among the host’s addresses',
  },
  at: (atMs: number, nowMs: number) =>
    atMs > nowMs ? `${timeOfDay(atMs)}, in ${span(atMs - nowMs)}` : timeOfDay(atMs),
  times: (number: number) => plural(number, 'time'),
  success: (share: number, asked: number) => `${percent(share)} of ${plural(asked, 'request')}`,
  latency: milliseconds,
  connections: (total: number, idle: number, leased: number, dialing: number) =>
    total === 0
      ? 'none'
      : `${count(total)}: ${count(idle)} idle, ${count(leased)} leased${dialing > 0 ? `, ${count(dialing)} dialing` : ''}`,
  error: (text: string, atMs: number) => `${timeOfDay(atMs)} ${text}`,
  events: 'What happened',
  earlier: (events: number) => `${plural(events, 'event')} before`,
  repeated: (number: number) => `${count(number)} ×`,
  kinds: {
    ready: 'ready',
    'profile-refused': 'profile refused',
    'dial-failed': 'dial failed',
    check: 'check',
    lease: 'lease',
    'flag-down': 'flag down',
    'flag-up': 'flag up',
    draining: 'draining',
    closed: 'closed',
    'timed-out': 'timed out',
    refused: 'refused',
    resolved: 'resolved',
    'resolve-failed': 'resolve failed',
  } satisfies Record<HistoryKind, string>,
  detail: (detail: string) => detail,
};
