import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { Explained } from './explained.tsx';
import {
  dialFigures,
  engineFigures,
  leaseFigures,
  listFigures,
  type NowFigure,
  poolFigures,
  requestFigures,
  type WindowFigure,
} from './figures.ts';
import styles from './overview.module.css';
import { words } from './words.ts';

const { figures } = words;

const meanings: Readonly<Partial<Record<NowFigure['name'], string>>> = figures.meanings;

function FigureName({ name }: { readonly name: NowFigure['name'] }) {
  return (
    <th scope="row">
      <Explained meaning={meanings[name]}>{figures.names[name]}</Explained>
    </th>
  );
}

function WindowGroup(props: {
  readonly title: string;
  readonly rows: readonly WindowFigure[];
  readonly statistics: PoolStatistics;
}) {
  const { title, rows, statistics } = props;
  return (
    <div className={styles.group}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className={styles.num}>
              {figures.last60s}
            </th>
            <th scope="col" className={styles.num}>
              {figures.sinceStart}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, write }) => (
            <tr key={name}>
              <FigureName name={name} />
              <td className={styles.num}>{write(statistics.last60s[name], statistics.last60s)}</td>
              <td className={styles.num}>{write(statistics.sinceStart[name], statistics.sinceStart)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NowGroup(props: {
  readonly title: string;
  readonly rows: readonly NowFigure[];
  readonly statistics: PoolStatistics;
}) {
  const { title, rows, statistics } = props;
  return (
    <div className={styles.group}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className={styles.num}>
              {figures.now}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, read }) => (
            <tr key={name}>
              <FigureName name={name} />
              <td className={styles.num}>{read(statistics)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function AllFigures({ statistics }: { readonly statistics: PoolStatistics | null }) {
  return (
    <Panel title={figures.title} className={styles.figures}>
      {statistics === null ? (
        <SkeletonLines count={8} />
      ) : (
        <div className={styles.groups}>
          <div className={styles.stack}>
            <WindowGroup title={figures.groups.requests} rows={requestFigures} statistics={statistics} />
            <WindowGroup title={figures.groups.dials} rows={dialFigures} statistics={statistics} />
          </div>
          <WindowGroup title={figures.groups.leases} rows={leaseFigures} statistics={statistics} />
          <NowGroup title={figures.groups.pool} rows={poolFigures} statistics={statistics} />
          <NowGroup title={figures.groups.lists} rows={listFigures} statistics={statistics} />
          <NowGroup title={figures.groups.engine} rows={engineFigures} statistics={statistics} />
        </div>
      )}
    </Panel>
  );
}
