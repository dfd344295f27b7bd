/** The access lists: what they could do, and what they do too much of. */
import { type DiagnosisRule, rule } from '../rule.ts';

const tellingRequests = 20;
const fairSuccess = 0.95;

export const listRules: readonly DiagnosisRule[] = [
  rule('lists-empty', ['004.key-points.4', '004.lists.1', '004.lists.3'], ({ statistics, config }) => {
    const { last60s, whitelistIps, blacklistIps } = statistics;
    return last60s.totalRequests < tellingRequests || last60s.successRate >= fairSuccess || whitelistIps > 0
      ? null
      : {
          severity: 'advice',
          figures: { successShare: last60s.successRate, white: whitelistIps, black: blacklistIps },
          config: config['whitelist.ips'].length > 0 ? ['whitelist.ips'] : [],
        };
  }),
  {
    id: 'bad-ips-unlisted',
    sources: ['004.lists.2'],
    find({ health }) {
      const again = health.ips.filter(({ ejections, heldInUse }) => ejections >= 3 || heldInUse);
      const [first] = again;
      return first === undefined
        ? []
        : [
            {
              severity: 'advice' as const,
              figures: { ips: again.length, ip: first.ip, host: first.host, ejections: first.ejections },
              config: ['health.max_ejected_share'] as const,
            },
          ];
    },
  },
  {
    id: 'lists-block-all',
    sources: ['004.acquire.4'],
    find: ({ health }) =>
      health.hosts
        .filter(({ ips, blocked }) => ips > 0 && blocked === ips)
        .map(({ host, ips }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { ips },
          config: ['pool.whitelist_mode'] as const,
        })),
  },
];
