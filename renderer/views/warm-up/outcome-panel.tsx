/** How a run goes for each of its hosts, against what is usual for it; and why connections failed. */
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { forbiddenOf } from './forbidden.ts';
import { HostTable } from './host-table.tsx';
import { LeftOutIps } from './left-out.tsx';
import { LostIps } from './lost-ips.tsx';
import styles from './outcome.module.css';
import { RunErrors } from './run-errors.tsx';
import { words } from './words.ts';

const text = words.outcome;

function LeftOut({ run }: { readonly run: WarmUpRun }) {
  const { ips, ejected, examples } = forbiddenOf(run.hosts);
  return ips === 0 ? null : (
    <>
      <h3 className={styles.why}>{text.leftOut(ips - ejected, ejected)}</h3>
      <LeftOutIps ips={ips} examples={examples} />
    </>
  );
}

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
