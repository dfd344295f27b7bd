/** Connections that cannot be made, and hosts that stay cold. */
import type { ErrorClass } from '../../contract/vocabulary.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { type DiagnosisRule, lowered, raised, rule, setting } from '../rule.ts';

const tellingDials = 10;
const manyFailing = 0.2;
const tellingIps = 2;
const recentMs = 300_000;
const longestDial = 60;
/** The reference's maxConcurrentWarmup. */
const carefulConcurrency = 10;

const timeoutClasses: readonly ErrorClass[] = ['timeout-tcp', 'timeout-tls'];
const refusalClasses: readonly ErrorClass[] = ['refused', 'reset', 'busy'];
const certificateClasses: readonly ErrorClass[] = ['tls-certificate', 'tls-client-certificate'];
const handshakeClasses: readonly ErrorClass[] = ['timeout-tls', ...certificateClasses];
const answerClasses: readonly ErrorClass[] = ['bad-status', 'blocked', 'auth', 'busy', 'http-protocol'];

/** IPs whose last error, of the last five minutes, is of one of these classes. */
function ipsFailingWith({ health, atMs }: DiagnosisFacts, classes: readonly ErrorClass[]): number {
  return health.ips.filter(
    ({ lastError }) => lastError && atMs - lastError.atMs <= recentMs && classes.includes(lastError.class),
  ).length;
}

/** IPs whose dial was ended by `conn_timeout`. A warm-up's own timeout is told with the warm-up: there a longer one helps. */
function ipsSilentFor({ health, atMs }: DiagnosisFacts, limitMs: number): number {
  return health.ips.filter(
    ({ lastError }) =>
      lastError &&
      atMs - lastError.atMs <= recentMs &&
      timeoutClasses.includes(lastError.class) &&
      (lastError.withinMs ?? limitMs) >= limitMs,
  ).length;
}

function dialsFail({ statistics: { last60s } }: DiagnosisFacts): boolean {
  return last60s.dials >= tellingDials && last60s.dialFailures > last60s.dials * manyFailing;
}

/** Of the dials of the last minute, those that ended so: a finding's figure is what its own cause has done. */
function dialsFailedWith({ past }: DiagnosisFacts, classes: readonly ErrorClass[]): number {
  return classes.reduce((sum, errorClass) => sum + (past.dialErrors[errorClass] ?? 0), 0);
}

/** Each address of the host has failed lately: to dial them once more helps nobody. */
function isFailing({ health, atMs }: DiagnosisFacts, host: string): boolean {
  const ips = health.ips.filter((ip) => ip.host === host);
  return ips.length > 0 && ips.every(({ lastError }) => lastError && atMs - lastError.atMs <= recentMs);
}

export const dialingRules: readonly DiagnosisRule[] = [
  rule('dials-time-out', ['000.tuning.2', '001.timeouts.1', '001.trouble.1', '004.settings.4'], (facts) => {
    const failed = dialsFailedWith(facts, timeoutClasses);
    const { dials } = facts.statistics.last60s;
    const limit = facts.config['pool.conn_timeout'];
    const ips = ipsSilentFor(facts, limit * 1_000);
    return !dialsFail(facts) || failed === 0 || ips < tellingIps
      ? null
      : {
          severity: 'problem',
          figures: { ips, dials, failed, timeoutMs: limit * 1_000 },
          config: ['pool.conn_timeout'],
          remedy: setting({
            'pool.conn_timeout':
              limit < longestDial ? Math.min(longestDial, raised(facts.config, 'pool.conn_timeout', 2) ?? limit) : null,
          }),
        };
  }),
  rule('dials-refused', ['000.trouble.2'], (facts) => {
    const ips = ipsFailingWith(facts, refusalClasses);
    const failed = dialsFailedWith(facts, refusalClasses);
    const { dials } = facts.statistics.last60s;
    const perHost = facts.config['dial.per_host_concurrency'];
    return !dialsFail(facts) || failed === 0 || ips < tellingIps
      ? null
      : {
          severity: 'problem',
          figures: { ips, dials, failed },
          config: ['dial.per_host_concurrency', 'dial.concurrency_max', 'dial.rate_per_second'],
          remedy: setting({
            'dial.per_host_concurrency':
              perHost === 0 || perHost > carefulConcurrency
                ? carefulConcurrency
                : lowered(facts.config, 'dial.per_host_concurrency', 0.5) || null,
          }),
        };
  }),
  rule('handshakes-fail', ['003.recovery.1'], (facts) => {
    const ips = ipsFailingWith(facts, handshakeClasses);
    // A certificate is refused for good: one IP says it all.
    const certificates = ipsFailingWith(facts, certificateClasses);
    return ips < tellingIps && certificates === 0
      ? null
      : { severity: 'problem', figures: { ips }, config: ['pool.conn_timeout'] };
  }),
  rule('protocols-refused', ['003.recovery.4'], (facts) => {
    const ips = ipsFailingWith(facts, ['tls-protocol']);
    return ips === 0 ? null : { severity: 'problem', figures: { ips } };
  }),
  rule('answers-bad', ['003.recovery.2'], (facts) => {
    const ips = ipsFailingWith(facts, answerClasses);
    return ips < tellingIps
      ? null
      : {
          severity: 'advice',
          figures: { ips },
          config: ['health.status_good', 'health.status_blocked', 'health.status_busy', 'health.status_auth'],
          remedy: { kind: 'check-all' },
        };
  }),
  {
    id: 'host-cold',
    sources: ['004.acquire.2'],
    find: (facts) =>
      facts.statistics.hosts
        .filter(({ host, waiting, healthy, ips }) => {
          const available = facts.health.hosts.find((one) => one.host === host)?.available ?? ips;
          return waiting > 0 && healthy === 0 && available > 0;
        })
        .map(({ host, waiting, dialing, ips }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { waiting, dialing, ips },
          config: ['pool.min_idle_per_host'] as const,
          remedy: isFailing(facts, host) ? null : { kind: 'warm-up' as const, host, scenario: null },
        })),
  },
  rule('names-fail', ['001.timeouts.4'], ({ health, statistics, config }) => {
    const unresolved = statistics.hosts.filter(({ ips }) => ips === 0);
    const failing = health.ips.filter(({ lastError }) => lastError?.class === 'dns').length;
    return unresolved.length === 0 && failing === 0
      ? null
      : {
          severity: 'problem',
          figures: { hosts: unresolved.length, ...(unresolved[0] && { host: unresolved[0].host }), ips: failing },
          config: ['pool.dns_update_interval', 'dns.resolvers'],
          remedy: setting({
            'pool.dns_update_interval': config['pool.dns_update_interval'] > 1_800 ? 1_800 : null,
          }),
        };
  }),
];
