/**
 * What each fault is taken for, what the pool does about it, where an operator sees it counted, and how long the IP stays
 * away at most after the fault has ended. The tests beside this table make each fault and read its row.
 *
 * With the default configuration, and a floor of three connections over three IPs, of which one has the fault unless the
 * row says `all`. Who asks for the IP asks each second of simulated time.
 */
import type { WindowStatistics } from '../../../core/contract/statistics.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';

/**
 * - `others-serve`: every caller gets a connection all the while, from another IP if need be.
 * - `redial`: what has ended is dialled again on the same IP at once.
 * - `refill`: the floor is full again, from whichever IP.
 * - `back-off`: the IP is dialled after the others for a while, and not often.
 * - `eject`: nobody is sent to it until its back-off has ended and a trial has gone well.
 * - `list`: it joins the automatic black list, with an expiry.
 * - `no-list`: it never does.
 * - `other-profile`: it is reached under another TLS profile at once.
 * - `drain`: requests under way end well, then the connection goes.
 * - `keep`: no connection is lost.
 * - `blame-nobody`: nothing is held against any IP.
 */
export type Reaction =
  | 'others-serve'
  | 'redial'
  | 'refill'
  | 'back-off'
  | 'eject'
  | 'list'
  | 'no-list'
  | 'other-profile'
  | 'drain'
  | 'keep'
  | 'blame-nobody';

export type CountedIn =
  | keyof Pick<WindowStatistics, 'dials' | 'dialFailures' | 'checkFailures' | 'successfulRequests' | 'failedRequests'>
  /** Told as an event of this kind. */
  | 'dns.refresh-failed';

export interface FaultRow {
  /** `origins`: on real TLS origins. `simulated`: what this machine itself lacks, or DNS. */
  readonly where: 'origins' | 'simulated';
  /** null where nothing has failed. */
  readonly errorClass: ErrorClass | null;
  readonly reactions: readonly Reaction[];
  /** Rises while the fault lasts. */
  readonly statistic: CountedIn;
  readonly lastsMs: number;
  /** Simulated, from the end of the fault to a good answer of the IP. */
  readonly longestRecoveryMs: number;
}

/** Who asks for the IP by name dials it, whatever has been before. */
const atOnceMs = 2_000;
/** A first ejection of 30 s, its jitter of a tenth, and the time until somebody asks; and what is left of it after 10 s. */
const firstEjectionMs = 36_000;
const restOfFirstEjectionMs = 26_000;

const network = {
  where: 'origins',
  reactions: ['others-serve', 'back-off', 'no-list'],
  statistic: 'dialFailures',
  lastsMs: 45_000,
  longestRecoveryMs: atOnceMs,
} as const;

/** Each attempt takes long, and three that fail in a row eject the IP. */
const silence = {
  ...network,
  reactions: ['others-serve', 'back-off'],
  longestRecoveryMs: firstEjectionMs,
} as const;

const refusal = {
  where: 'origins',
  reactions: ['others-serve', 'eject', 'list'],
  statistic: 'dialFailures',
  lastsMs: 10_000,
  longestRecoveryMs: restOfFirstEjectionMs,
} as const;

const ending = {
  where: 'origins',
  errorClass: null,
  reactions: ['others-serve', 'redial', 'no-list'],
  statistic: 'dials',
  lastsMs: 20_000,
  longestRecoveryMs: atOnceMs,
} as const;

export const faultMatrix = {
  refused: { ...network, errorClass: 'refused' },
  'reset in TCP': { ...network, errorClass: 'reset' },
  'reset in the handshake': { ...network, errorClass: 'reset' },
  'hang in TCP': { ...silence, errorClass: 'timeout-tcp' },
  'hang in the handshake': { ...silence, errorClass: 'timeout-tls' },
  'hang in the answer': { ...silence, errorClass: 'timeout-response' },
  'slow bytes': { ...silence, errorClass: 'timeout-tls' },
  '100 % loss': { ...silence, errorClass: 'timeout-tcp', reactions: ['back-off'] },

  'wrong name': { ...refusal, errorClass: 'tls-certificate' },
  expired: { ...refusal, errorClass: 'tls-certificate' },
  'self-signed': { ...refusal, errorClass: 'tls-certificate' },
  'client certificate wanted': { ...refusal, errorClass: 'tls-client-certificate' },
  'ALPN mismatch': { ...refusal, errorClass: 'tls-protocol' },
  'TLS alert': { ...refusal, errorClass: 'tls-protocol' },
  'one profile refused': {
    ...ending,
    reactions: ['others-serve', 'redial', 'other-profile', 'no-list'],
  },

  'close while idle': { ...ending, reactions: ['others-serve', 'redial', 'refill', 'no-list'] },
  'close in mid-body': {
    ...ending,
    errorClass: 'closed-by-peer',
    reactions: ['others-serve', 'no-list'],
    statistic: 'failedRequests',
  },
  GOAWAY: { ...ending, reactions: ['others-serve', 'drain', 'no-list'], statistic: 'successfulRequests' },
  RST_STREAM: {
    ...ending,
    errorClass: 'closed-by-peer',
    reactions: ['others-serve', 'no-list'],
    statistic: 'failedRequests',
  },

  '403 flood': { ...refusal, errorClass: 'blocked', statistic: 'failedRequests' },
  '503 flood': {
    ...refusal,
    errorClass: 'busy',
    reactions: ['others-serve', 'eject'],
    statistic: 'failedRequests',
    // Its Retry-After of 5 s is obeyed, so the failures that lead to the ejection come that much later; and those who ask for
    // this IP alone are refused while it rests, so that it is dialled by the first who comes afterwards.
    lastsMs: 15_000,
    longestRecoveryMs: restOfFirstEjectionMs + 5_000,
  },

  'clock jump of an hour': {
    ...ending,
    reactions: ['others-serve', 'keep', 'blame-nobody'],
    statistic: 'successfulRequests',
  },
  'laptop sleep': {
    ...ending,
    reactions: ['others-serve', 'refill', 'blame-nobody'],
    longestRecoveryMs: 5_000,
  },

  'fd limit': {
    where: 'simulated',
    errorClass: 'local',
    reactions: ['keep', 'blame-nobody'],
    statistic: 'dialFailures',
    lastsMs: 20_000,
    longestRecoveryMs: atOnceMs,
  },
  'DNS empty': {
    where: 'simulated',
    errorClass: 'dns',
    reactions: ['others-serve', 'keep', 'blame-nobody'],
    statistic: 'dns.refresh-failed',
    lastsMs: 4_000_000,
    longestRecoveryMs: 0,
  },
  'DNS error': {
    where: 'simulated',
    errorClass: 'dns',
    reactions: ['others-serve', 'keep', 'blame-nobody'],
    statistic: 'dns.refresh-failed',
    lastsMs: 4_000_000,
    longestRecoveryMs: 0,
  },
} as const satisfies Record<string, FaultRow>;

export type Fault = keyof typeof faultMatrix;
export type FaultIn<Where extends FaultRow['where']> = {
  [Name in Fault]: (typeof faultMatrix)[Name]['where'] extends Where ? Name : never;
}[Fault];

/** The rows of one kind, for `describe.each`. */
export function rowsIn<Where extends FaultRow['where']>(where: Where): [FaultIn<Where>, FaultRow][] {
  const rows: [string, FaultRow][] = Object.entries(faultMatrix);
  return rows.filter(([, row]) => row.where === where) as [FaultIn<Where>, FaultRow][];
}
