/** The pool at a glance: figures, curves, hosts, the best and the worst, and every figure there is. */
import { useEffect } from 'react';
import { useConsole, useStatistics } from '../../store/use-console.ts';
import { AllFigures } from './all-figures.tsx';
import { Charts } from './charts.tsx';
import { HealthTimeline } from './health-timeline.tsx';
import { Hosts } from './hosts.tsx';
import styles from './overview.module.css';
import { PoolField } from './pool-field.tsx';
import { RunningWarmUps } from './running-warm-ups.tsx';
import { Tiles } from './tiles.tsx';
import { TopRows } from './top-rows.tsx';

export function OverviewView() {
  const { connections } = useConsole();
  const statistics = useStatistics();
  useEffect(() => connections.retain(), [connections]);
  return (
    <div className={styles.view}>
      <Tiles statistics={statistics} />
      <RunningWarmUps />
      <Charts />
      <PoolField limit={statistics?.maxConnections ?? 0} />
      <HealthTimeline />
      <div className={styles.lower}>
        <Hosts hosts={statistics?.hosts ?? null} />
        <TopRows />
      </div>
      <AllFigures statistics={statistics} />
    </div>
  );
}
