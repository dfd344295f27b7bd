/** The pool at a glance: figures, curves, hosts, the best and the worst, and every figure there is. */
import { useEffect, useState } from 'react';
import { CrossHair } from '../../parts/chart/cross-hair.ts';
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
  const [crossHair] = useState(() => new CrossHair());
  useEffect(() => connections.retain(), [connections]);
  return (
    <div className={styles.view}>
      <Tiles statistics={statistics} />
      <RunningWarmUps />
      <Charts crossHair={crossHair} />
      <PoolField limit={statistics?.maxConnections ?? 0} />
      <HealthTimeline crossHair={crossHair} />
      <div className={styles.lower}>
        <Hosts hosts={statistics?.hosts ?? null} />
        <TopRows />
      </div>
      <AllFigures statistics={statistics} />
    </div>
  );
}
