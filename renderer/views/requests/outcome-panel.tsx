/** What became of one request: status, connection, the time of each part, and what came back. */
import { useEffect, useState } from 'react';
import type { SentRequest } from '../../../core/contract/requests.ts';
import { copyCurl, prepareRequest, sendRequest } from '../../actions/request-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { isInFlight, type SentEntry } from '../../store/sent-requests.ts';
import { useConfig } from '../../store/use-console.ts';
import { rawInWords } from '../../words/vocabulary.ts';
import { AnswerParts } from './answer-parts.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { failureWord } from './failure-words.ts';
import styles from './outcome.module.css';
import { TimeParts } from './time-parts.tsx';
import { words } from './words.ts';

const text = words.sent;
const tickMs = 100;

/** Counts on while nothing has come. */
function InFlight({ sinceMs }: { readonly sinceMs: number }) {
  const [nowMs, setNowMs] = useState(sinceMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return <p className={styles.lead}>{text.inFlight(Math.max(0, nowMs - sinceMs))}</p>;
}

function Lead({ result }: { readonly result: SentRequest }) {
  const { answer, failure, supply, times } = result;
  return (
    <div className={styles.lead} role="status">
      <span className={cx(styles.status, (failure ?? answer?.verdict !== 'good') && styles.bad)}>
        {answer?.status ?? text.noAnswer}
      </span>
      <span className={styles.said}>
        {text.total(times.totalMs)}
        {answer && ` · ${text.verdicts[answer.verdict]}`}
        {supply && ` · ${text.supplies[supply]}`}
      </span>
    </div>
  );
}

function Outcome({ result }: { readonly result: SentRequest }) {
  const { failure, connection, times, answer, beganAtMs } = result;
  return (
    <div className={styles.outcome}>
      <Lead result={result} />
      {failure && (
        <p className={styles.failure}>
          <strong>{failureWord(failure.kind)}</strong> {rawInWords(failure.message)}
        </p>
      )}
      <TimeParts times={times} connection={connection} beganAtMs={beganAtMs} />
      {connection && <ConnectionFacts connection={connection} supply={result.supply} />}
      {answer && <AnswerParts answer={answer} broken={failure !== null} />}
    </div>
  );
}

export function OutcomePanel({ entry }: { readonly entry: SentEntry | null }) {
  // What curl needs of a target's files is in it.
  useConfig();
  return (
    <Panel
      title={text.title}
      aside={entry && `${entry.draft.method} ${entry.draft.url}`}
      className={styles.panel}
      tools={
        entry && (
          <>
            <ActionButton
              action={sendRequest}
              input={entry.draft}
              label={text.again}
              small
              disabled={isInFlight(entry)}
            />
            <ActionButton action={prepareRequest} input={entry.draft} small look="quiet" />
            <ActionButton action={copyCurl} input={entry} small look="quiet" showIcon />
          </>
        )
      }
    >
      {entry === null ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : entry.result ? (
        <Outcome key={entry.ticket} result={entry.result} />
      ) : entry.refusal !== null ? (
        <p className={styles.failure} role="status">
          <strong>{entry.refusal.isLost ? text.lost : text.refused}</strong> {entry.refusal.message}
        </p>
      ) : (
        <InFlight key={entry.ticket} sinceMs={entry.sentAtMs} />
      )}
    </Panel>
  );
}
