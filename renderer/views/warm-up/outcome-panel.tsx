/** How a run goes for each of its hosts, against what is usual for it; and why connections failed. */
import type { WarmUpRun } from '../../../core/contract/warm-up.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { HostTable } from './host-table.tsx';
import { LeftOut } from './left-out.tsx';
import { LostIps } from './lost-ips.tsx';
import styles from './outcome.module.css';
import { RunErrors } from './run-errors.tsx';
import { words } from './words.ts';

const text = words.outcome;

/** `other`: the run that it is compared with. */
export function OutcomePanel({ run, other }: { readonly run: WarmUpRun | null; readonly other: WarmUpRun | null }) {
  return (
    <Panel title={text.title} className={styles.outcome}>
      {run === null ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <>
          {run.hosts.length === 0 ? text.resolving : <HostTable hosts={run.hosts} others={other?.hosts ?? []} />}
          <LeftOut run={run} />
          {run.lost.count > 0 && (
            <>
              <h3 className={styles.why}>{text.lost(run.lost.count)}</h3>
              <LostIps lost={run.lost} />
            </>
          )}
          {run.errors.length > 0 && <RunErrors run={run} other={other} />}
        </>
      )}
    </Panel>
  );
}
