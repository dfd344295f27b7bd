/** What the contract's closed lists are called on the screen, in English. */
import type { AccessListName, AccessOrigin } from '../../core/contract/access.ts';
import type { CheckKind, CheckOutcome } from '../../core/contract/history-health.ts';
import type { Verdict } from '../../core/contract/statistics.ts';
import type { CloseReason } from '../../core/contract/vocabulary.ts';
import { errorClassesEn } from '../../core/contract/vocabulary-en.ts';
import type { WarmUpRun } from '../../core/contract/warm-up-run.ts';
import type { IpFlag } from '../base/ip-flag.ts';
import type { ShownState } from '../base/shown-state.ts';
import * as format from './format.ts';

export const words = {
  states: {
    dialing: 'dialing',
    validating: 'validating',
    idle: 'idle',
    checking: 'checking',
    leased: 'leased',
    draining: 'draining',
    closed: 'closed',
    unhealthy: 'unhealthy',
  } satisfies Readonly<Record<ShownState, string>>,
  closeReasons: {
    'idle-timeout': 'idle too long',
    'max-lifetime': 'max lifetime',
    replaced: 'replaced',
    'server-idle-limit': 'server idle limit',
    unhealthy: 'unhealthy',
    blacklisted: 'IP blocked',
    'not-allowed': 'IP not allowed',
    'peer-closed': 'closed by server',
    goaway: 'server said go away',
    broken: 'broken',
    'response-not-drained': 'answer left unread',
    evicted: 'evicted',
    operator: 'by operator',
    'config-changed': 'config changed',
    'dns-vanished': 'left DNS',
    'pool-closed': 'pool closed',
    'failed-dial': 'dial failed',
    'failed-validation': 'validation failed',
    aborted: 'aborted',
  } satisfies Readonly<Record<CloseReason, string>>,
  errorClasses: errorClassesEn,
  ipFlags: {
    ejected: {
      word: 'IP ejected',
      hint: 'This IP is kept out of use until a probe finds it well: it is probed when its back-off ends, and each blacklist_check_interval at the latest',
    },
    probing: { word: 'IP on trial', hint: 'This IP is tried again: one request at a time says whether it is well' },
    blocked: { word: 'IP blocked', hint: 'A rule keeps this IP out of use' },
    held: { word: 'IP held in use', hint: 'This IP deserves an ejection; max_ejected_share keeps it in use' },
  } satisfies Readonly<Record<IpFlag, { readonly word: string; readonly hint: string }>>,
  origins: {
    operator: 'operator',
    file: 'file',
    config: 'config',
    automatic: 'automatic',
  } satisfies Readonly<Record<AccessOrigin, string>>,
  lists: { white: 'White list', black: 'Black list' } satisfies Readonly<Record<AccessListName, string>>,
  outcomes: {
    ok: 'all ready',
    'partly-failed': 'partly failed',
    failed: 'failed',
    'nothing-dialled': 'nothing dialled',
    cancelled: 'cancelled',
  } satisfies Readonly<Record<NonNullable<WarmUpRun['outcome']>, string>>,
  verdicts: {
    healthy: 'Healthy',
    degraded: 'Degraded',
    unhealthy: 'Unhealthy',
    empty: 'Empty',
  } satisfies Readonly<Record<Verdict['level'], string>>,
  counted: (name: string, times: string) => `${name} ${times}`,
  noConnection: 'the pool has no connection',
  dialsFail: (failed: number, dials: number) =>
    `no connection: ${failed === dials ? `all ${format.plural(dials, 'dial')}` : `${format.count(failed)} of ${format.plural(dials, 'dial')}`} of the last minute failed`,
  fewConnections: (connections: number, wanted: number | null) =>
    `${format.plural(connections, 'connection')} < ${format.count(wanted)}`,
  checkKinds: { dial: 'dial', probe: 'probe', check: 'check', ping: 'ping' } satisfies Record<CheckKind, string>,
  checkOutcomes: {
    good: 'ok',
    blocked: 'blocked',
    auth: 'not authorised',
    busy: 'busy',
    'bad-status': 'bad status',
    broken: 'broken',
  } satisfies Record<CheckOutcome, string>,
};
