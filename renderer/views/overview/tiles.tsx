/** The six figures that say most. Rates are those of the last 60 s. */
import type { ReactNode } from 'react';
import { type AlertRule, alertRuleFacts } from '../../../core/contract/alerts.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import { cx } from '../../parts/class-names.ts';
import { Skeleton } from '../../parts/feedback/feedback.tsx';
import { Hint } from '../../parts/tooltip/tooltip.tsx';
import { useConfig } from '../../store/use-console.ts';
import { count, millisecondsFigure, percentFigure } from '../../words/format.ts';
import { finishedRequests, knownSuccessRate, rateTone } from './selectors.ts';
import styles from './tiles.module.css';
import { words } from './words.ts';

interface TileProps {
  readonly name: string;
  readonly figure: ReactNode;
  readonly unit?: string;
  readonly note: string;
  /** What is counted, over which time, by which formula. */
  readonly meaning: string;
  /** 0 to 1: how full the tile's meter is. */
  readonly share?: number | null;
  readonly tone?: 'plain' | 'hot' | 'good' | 'warn' | 'bad';
}

const meterTones = {
  plain: undefined,
  hot: styles.meterHot,
  good: styles.meterGood,
  warn: styles.meterWarn,
  bad: styles.meterBad,
};

function Tile({ name, figure, unit, note, meaning, share, tone = 'plain' }: TileProps) {
  return (
    <div className={styles.tile}>
      <dt className={styles.tileName}>
        <Hint text={meaning}>
          <button type="button" className={styles.explained}>
            {name}
          </button>
        </Hint>
      </dt>
      <dd className={cx(styles.tileFigure, tone === 'bad' && styles.bad)}>
        {figure}
        {unit !== undefined && <span className={styles.tileUnit}>{unit}</span>}
      </dd>
      <dd className={styles.tileNote} title={note}>
        {note}
      </dd>
      <dd className={cx(styles.meter, meterTones[tone])} aria-hidden="true">
        {share !== null && share !== undefined && <span style={{ width: `${Math.min(1, share) * 100}%` }} />}
      </dd>
    </div>
  );
}

const { tiles } = words;

function poolTiles(statistics: PoolStatistics): TileProps[] {
  const { totalConnections: total, activeConnections: active, maxConnections: limit } = statistics;
  const { waiting, healthyConnections, dialingConnections } = statistics;
  return [
    {
      name: tiles.connections,
      meaning: tiles.meanings.connections,
      figure: count(total),
      unit: tiles.limit(limit),
      note:
        tiles.healthy(healthyConnections, total) + (dialingConnections > 0 ? tiles.dialing(dialingConnections) : ''),
      share: limit === 0 ? null : total / limit,
    },
    {
      name: tiles.inUse,
      meaning: tiles.meanings.inUse,
      figure: count(active),
      note: tiles.shareOfPool(total === 0 ? null : active / total) + (waiting > 0 ? tiles.waiting(waiting) : ''),
      share: total === 0 ? null : active / total,
      tone: 'hot',
    },
  ];
}

/** `limitOf`: where an alert's figure begins to be bad; null before the configuration is known. */
function rateTiles(
  { last60s, verdict, ...statistics }: PoolStatistics,
  limitOf: (rule: AlertRule) => number | null,
): TileProps[] {
  const { responseP50Ms: hotMs, coldMs, connReuseRate, leases } = last60s;
  const finished = finishedRequests(last60s);
  const successRate = knownSuccessRate(last60s);
  const troubled = (metric: AlertRule): boolean => verdict.reasons.some((reason) => reason.metric === metric);
  return [
    {
      name: tiles.success,
      meaning: tiles.meanings.success,
      figure: percentFigure(successRate),
      ...(successRate === null ? {} : { unit: tiles.unitPercent }),
      note: tiles.failed(last60s.failedRequests, finished),
      share: successRate,
      tone: rateTone(successRate, limitOf('success-rate'), troubled('success-rate')),
    },
    {
      name: tiles.latency,
      meaning: tiles.meanings.latency,
      figure: millisecondsFigure(hotMs),
      ...(hotMs === null ? {} : { unit: tiles.unitMs }),
      note: tiles.cold(
        coldMs,
        coldMs !== null && hotMs ? coldMs / hotMs : null,
        last60s.dials + last60s.dialFailures > 0,
      ),
      share: coldMs !== null && hotMs !== null && coldMs > 0 ? hotMs / coldMs : null,
      tone: troubled('response-time') ? 'bad' : 'plain',
    },
    {
      name: tiles.reuse,
      meaning: tiles.meanings.reuse,
      figure: percentFigure(connReuseRate),
      ...(connReuseRate === null ? {} : { unit: tiles.unitPercent }),
      note: tiles.reused(connReuseRate, leases),
      share: connReuseRate,
      tone: rateTone(connReuseRate, limitOf('reuse-rate'), troubled('reuse-rate')),
    },
    {
      name: tiles.ips,
      meaning: tiles.meanings.ips,
      figure: count(statistics.whitelistIps),
      unit: tiles.blockedFigure(statistics.blacklistIps),
      note: tiles.moves(statistics.whitelistMoves),
    },
  ];
}

const skeletonNames = ['connections', 'inUse', 'success', 'latency', 'reuse', 'ips'] as const;

export function Tiles({ statistics }: { readonly statistics: PoolStatistics | null }) {
  const config = useConfig();
  const limitOf = (rule: AlertRule): number | null => {
    const value = config?.keys.find(({ path }) => path === alertRuleFacts[rule].key)?.value;
    return typeof value === 'number' ? value : null;
  };
  const shown: TileProps[] = statistics
    ? [...poolTiles(statistics), ...rateTiles(statistics, limitOf)]
    : skeletonNames.map((name) => ({
        name: tiles[name],
        meaning: tiles.meanings[name],
        figure: <Skeleton width="64px" />,
        note: '\u00a0',
      }));
  return (
    <dl className={styles.tiles}>
      {shown.map((tile) => (
        <Tile key={tile.name} {...tile} />
      ))}
    </dl>
  );
}
