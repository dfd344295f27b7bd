/** What is wrong or could be better: each finding with its figures, why, what to do, and a remedy where one is safe. */
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useId, useState } from 'react';
import type { Finding, FindingSeverity, FindingSubject, Remedy } from '../../../core/contract/diagnosis.ts';
import { findingText } from '../../../core/contract/finding-text.ts';
import { typedOf } from '../../base/field-value.ts';
import { cx } from '../../parts/class-names.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { SeverityMark, type Weight } from '../../parts/severity-mark/severity-mark.tsx';
import { words as pastWords } from '../../past/words.ts';
import { useEngineSecond, useIsPast } from '../../store/use-console.ts';
import { useDiagnosis } from '../../store/use-diagnosis.ts';
import { currentLanguage } from '../../words/language.ts';
import styles from './diagnosis.module.css';
import { RemedyButton } from './remedy-button.tsx';
import { RemedyDialog } from './remedy-dialog.tsx';
import { severityWords, words } from './words.ts';

const text = words.diagnosis;

const weights: Readonly<Record<FindingSeverity, Weight>> = { problem: 'heavy', advice: 'middle', note: 'light' };

/** What a finding is about; empty for the pool itself. */
function subjectText(subject: FindingSubject): string {
  return subject.kind === 'host' ? subject.host : subject.kind === 'warm-up' ? text.run(subject.runId) : '';
}

function FindingItem({
  finding,
  now,
  onConfig,
}: {
  readonly finding: Finding;
  readonly now: number;
  readonly onConfig: (remedy: Extract<Remedy, { kind: 'config' }>) => void;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { severity, subject, remedy, sinceMs, config } = finding;
  const said = findingText(finding, currentLanguage());
  const about = subjectText(subject);
  return (
    <li className={styles.finding}>
      <SeverityMark weight={weights[severity]} className={styles.mark}>
        {severityWords[severity]}
      </SeverityMark>
      <div className={styles.said}>
        <h3 className={styles.title}>
          <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            <ChevronRight className={cx(open && styles.turned)} aria-hidden="true" />
            {said.title}
          </button>
        </h3>
        <p className={styles.text}>
          {said.text}{' '}
          <span className={styles.soft}>
            {about !== '' && `${about} · `}
            {text.since(Math.max(0, now - sinceMs))}
          </span>
        </p>
        <div id={id} hidden={!open}>
          <dl className={styles.more}>
            <dt>{text.cause}</dt>
            <dd>{said.cause}</dd>
            <dt>{text.advice}</dt>
            <dd>{said.advice}</dd>
            <dt>{text.prevention}</dt>
            <dd>{said.prevention}</dd>
            {config.length > 0 && (
              <>
                <dt>{text.keys}</dt>
                <dd className={styles.keys}>
                  {config.map(({ path, value }) => (
                    <code key={path}>
                      {path} = {typedOf(value)}
                    </code>
                  ))}
                </dd>
              </>
            )}
          </dl>
        </div>
      </div>
      {remedy && <RemedyButton remedy={remedy} onConfig={onConfig} />}
    </li>
  );
}

/** Nothing of the past is diagnosed: what would help then helps nobody now. */
export function DiagnosisPanel() {
  const isPast = useIsPast();
  return isPast ? (
    <Panel title={text.title}>
      <p className={styles.well}>{pastWords.diagnosis}</p>
    </Panel>
  ) : (
    <PresentDiagnosis />
  );
}

function PresentDiagnosis() {
  const { value: diagnosis, failure, askAgain } = useDiagnosis();
  const now = useEngineSecond();
  /** It stays open when its finding goes, which a remedy of somebody else may bring about. */
  const [remedy, setRemedy] = useState<Extract<Remedy, { kind: 'config' }> | null>(null);
  const findings = diagnosis?.findings ?? [];
  const aside =
    diagnosis === null
      ? failure !== null && text.failed(failure)
      : findings.length > 0 && text.found(findings.length, diagnosis.rules);
  return (
    <Panel title={text.title} aside={aside || undefined} flush>
      {diagnosis === null ? (
        <div className={styles.loading}>{failure === null && <SkeletonLines count={6} />}</div>
      ) : findings.length === 0 ? (
        <p className={styles.well}>
          <strong>{text.none(diagnosis.rules)}</strong> {text.noneText}
        </p>
      ) : (
        <ul className={styles.findings}>
          {findings.map((finding) => (
            <FindingItem
              key={`${finding.rule} ${subjectText(finding.subject)}`}
              finding={finding}
              now={now}
              onConfig={setRemedy}
            />
          ))}
        </ul>
      )}
      {remedy && <RemedyDialog remedy={remedy} onClose={() => setRemedy(null)} onApplied={askAgain} />}
    </Panel>
  );
}
