/** One run, live: how far, how fast, how well, a cell for every connection, and what it has left behind. */
import type { WarmUpReport, WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { changeScreen } from '../../store/screen.ts';
import { useEngineSecond, useIsPast } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { percentFigure } from '../../words/format.ts';
import { LostIps } from './lost-ips.tsx';
import { PastCells } from './past-cells.tsx';
import styles from './run.module.css';
import { RunCells } from './run-cells.tsx';
import { RunFacts } from './run-facts.tsx';
import { headlineOf, isNothing, leadText, milestones, runTitle, whyNothing } from './run-lead.ts';
import { RunTools } from './run-tools.tsx';
import { words } from './words.ts';

const text = words.run;

/** What the run has left behind, at its end. */
function Report({ report }: { readonly report: WarmUpReport }) {
  const { healthy, unhealthy, lost, responseMs, baselineMs, deviation, errors, elapsedMs } = report;
  const parts = [
    text.report.healthy(healthy, unhealthy),
    text.report.errors(errors.length),
    ...(responseMs === null ? [] : [text.report.response(responseMs)]),
    ...(responseMs === null
      ? []
      : [
          baselineMs === null || deviation === null ? text.report.noBaseline : text.report.usual(baselineMs, deviation),
        ]),
    text.report.elapsed(elapsedMs),
  ];
  return (
    <div className={cx(styles.report, (errors.length > 0 || unhealthy > 0) && styles.faulty)}>
      <p>
        <strong>{text.report.title}</strong> {parts.join(' · ')}
      </p>
      {lost.count > 0 && (
        <details>
          <summary>{text.report.which}</summary>
          <LostIps lost={lost} />
        </details>
      )}
    </div>
  );
}

/** Which run the figures above are held against, and the way back from that. */
function ComparedWith({ other }: { readonly other: WarmUpRun }) {
  const when = shortMoment(other.startedAtMs, useEngineSecond());
  return (
    <p className={styles.against}>
      {text.against(when, runTitle(other), other.ready, other.total, other.activeMs)}
      <Button small look="quiet" onClick={() => changeScreen({ comparedRun: null })}>
        {text.againstNone}
      </Button>
    </p>
  );
}

/** What holds the run back is the lesser of its own ceiling and the engine's. */
function Aside({ run, said }: { readonly run: WarmUpRun; readonly said: string }) {
  return (
    <>
      {said}
      {run.state !== 'finished' && run.paceConcurrency < run.concurrency && (
        <span title={text.paceHint}> · {text.pace(run.paceConcurrency)}</span>
      )}
    </>
  );
}

/** A run that has ended without a dial is no success: neither share nor report nor cells, but why. */
function Nothing({ run }: { readonly run: WarmUpRun }) {
  return (
    <div className={styles.nothing}>
      <strong>{text.nothing}</strong>
      <p>{whyNothing(run)}</p>
    </div>
  );
}

function Progress({ run, other }: { readonly run: WarmUpRun; readonly other: WarmUpRun | null }) {
  const isPast = useIsPast();
  const headline = headlineOf(run);
  return (
    <>
      <div className={styles.lead}>
        <span className={styles.giant}>
          {percentFigure(headline.share)}
          <small>% {headline.of === 'ready' ? text.shareReady : text.shareDone}</small>
        </span>
        <span className={styles.leadText}>{leadText(run)}</span>
      </div>
      <ProgressBar
        label={text.progress}
        total={run.total}
        ready={run.ready}
        failed={run.failed}
        milestones={milestones}
        reached={headline.share}
      />
      <RunFacts run={run} other={other} />
      {other !== null && <ComparedWith other={other} />}
      {run.report && <Report report={run.report} />}
      {isPast ? <PastCells key={run.id} run={run} /> : <RunCells key={run.id} run={run} />}
    </>
  );
}

/** `other`: the run that it is compared with. */
export function RunPanel({ run, other }: { readonly run: WarmUpRun; readonly other: WarmUpRun | null }) {
  const now = useEngineSecond();
  const aside = [
    text.started(shortMoment(run.startedAtMs, now)),
    run.state === 'finished' ? text.took(run.activeMs) : text.running(run.activeMs),
    text.concurrency(run.concurrency),
    ...(run.job.dialsPerSecond === null ? [] : [text.perSecond(run.job.dialsPerSecond)]),
    ...(run.total < run.wanted ? [text.clipped(run.total, run.wanted)] : []),
    ...(run.retryOf === null ? [] : [text.retryOf]),
    ...[text.causes[run.cause]].filter((cause) => cause !== null),
  ].join(' · ');
  return (
    <Panel
      title={runTitle(run)}
      aside={<Aside run={run} said={aside} />}
      className={styles.run}
      tools={<RunTools run={run} />}
    >
      <div className={styles.runBody}>
        {isNothing(run) ? <Nothing run={run} /> : <Progress run={run} other={other} />}
      </div>
    </Panel>
  );
}
