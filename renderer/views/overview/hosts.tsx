/** Each watched host's part of the pool. */
import type { HostHealth } from '../../../core/contract/health.ts';
import type { HostStatistics } from '../../../core/contract/statistics.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { useAction } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { SkeletonRows } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useConsole, useHostHealth, useSession } from '../../store/use-console.ts';
import { NoHost } from '../../targets/no-host.tsx';
import { count, none } from '../../words/format.ts';
import styles from './overview.module.css';
import { words } from './words.ts';

/** Lines that are held for hosts while nobody has said how many there are. */
const usualHosts = 3;

const columns = [
  'ips',
  'total',
  'leased',
  'idle',
  'dialing',
  'healthy',
  'waiting',
] as const satisfies readonly (keyof HostStatistics)[];

/** What the parts of the bars are. */
function BarLegend() {
  const parts = ['leased', 'idle', 'dialing', 'rest'] as const;
  return (
    <>
      {words.hosts.bar}
      {parts.map((part) => (
        <span key={part} className={styles.barPart}>
          <span className={styles.swatch} data-part={part} />
          {words.hosts[part]}
        </span>
      ))}
    </>
  );
}

/** The host's connections as one bar, as long as its share of the largest host: leased, idle, being made, the rest. */
function Occupancy({ host, most }: { readonly host: HostStatistics; readonly most: number }) {
  const rest = Math.max(0, host.total - host.leased - host.idle - host.dialing);
  const parts = { leased: host.leased, idle: host.idle, dialing: host.dialing, rest };
  return (
    <div className={styles.occupancy} aria-hidden="true">
      {Object.entries(parts).map(([name, number]) => (
        <span key={name} data-part={name} style={{ width: `${(number / most) * 100}%` }} />
      ))}
    </div>
  );
}

/** A host without an address, or with nothing open, is said to be so: a zero among zeros is read over. One that nobody asked is in no trouble. */
function HostFigure({
  host,
  column,
  isAsked,
}: {
  readonly host: HostStatistics;
  readonly column: (typeof columns)[number];
  readonly isAsked: boolean;
}) {
  const value = host[column];
  if (column === 'ips' && value === 0 && host.total > 0) {
    return (
      <td className={cx(styles.num, styles.dim)} title={words.hosts.namedIpsHint}>
        {words.hosts.namedIps}
      </td>
    );
  }
  if (value === 0 && (column === 'ips' || column === 'total')) {
    return (
      <td className={cx(styles.num, isAsked || column === 'ips' ? styles.toneBad : styles.dim)}>
        {column === 'ips' ? words.hosts.noAddress : words.hosts.noneOpen}
      </td>
    );
  }
  return <td className={cx(styles.num, value === 0 && styles.dim)}>{count(value)}</td>;
}

/** How the automaton sees the host's IPs. */
function IpsHealth({ health, isAsked }: { readonly health: HostHealth | undefined; readonly isAsked: boolean }) {
  if (!health) {
    return <td className={cx(styles.num, styles.dim)}>{none}</td>;
  }
  const { panic, blocksUs, ejected, held, mayEject } = health;
  const well = ejected + held === 0 && !panic && !blocksUs;
  return (
    <td
      className={cx(styles.num, well && styles.dim, (panic || blocksUs) && styles.toneBad)}
      title={words.hosts.ejectedHint(mayEject)}
    >
      {blocksUs
        ? words.hosts.blocksUs
        : panic
          ? words.hosts.panic
          : !well
            ? words.hosts.troubled(ejected, held)
            : isAsked
              ? words.hosts.well
              : words.hosts.notAsked}
    </td>
  );
}

export function Hosts({ hosts }: { readonly hosts: readonly HostStatistics[] | null }) {
  const show = useAction(showConnections);
  const { health: store } = useConsole();
  const { hosts: health } = useHostHealth();
  const watched = useSession()?.hosts.length ?? usualHosts;
  const most = Math.max(1, ...(hosts ?? []).map((host) => host.total));
  return (
    <Panel title={words.hosts.title} aside={<BarLegend />} className={styles.hosts}>
      {hosts === null ? (
        <SkeletonRows count={watched} height="calc(var(--row-small) + 6px)" head="var(--row-small)" />
      ) : hosts.length === 0 ? (
        <NoHost />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.hosts.host}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className={styles.num}>
                  {words.hosts[column]}
                </th>
              ))}
              <th scope="col" className={styles.num}>
                {words.hosts.state}
              </th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => {
              const isAsked = host.total > host.dialing || store.wasAsked(host.host);
              return (
                <tr key={host.host} className={styles.host}>
                  <th scope="row" className={styles.clip}>
                    <Button look="entry" onClick={() => void show(`host:${host.host}`)}>
                      {host.host}
                    </Button>
                    <Occupancy host={host} most={most} />
                  </th>
                  {columns.map((column) => (
                    <HostFigure key={column} host={host} column={column} isAsked={isAsked} />
                  ))}
                  <IpsHealth health={health.find((one) => one.host === host.host)} isAsked={isAsked} />
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
