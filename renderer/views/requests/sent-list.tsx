/** Every request that was sent from this page, newest first; a click shows what became of it. */
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { forgetRequests, isInFlight, type SentEntry, showRequest } from '../../store/sent-requests.ts';
import { milliseconds, none, timeOfDay, together } from '../../words/format.ts';
import { failureWord } from './failure-words.ts';
import styles from './requests.module.css';
import { words } from './words.ts';

const text = words.history;

function answerText({ result, refusal }: SentEntry): string {
  if (result === null) {
    return refusal === null ? text.inFlight : refusal.isLost ? text.lost : text.refused;
  }
  const { answer, failure } = result;
  return together([...(answer ? [String(answer.status)] : []), ...(failure ? [failureWord(failure.kind)] : [])]);
}

function isBad({ result, refusal }: SentEntry): boolean {
  return refusal !== null || (result !== null && (result.failure !== null || result.answer?.verdict !== 'good'));
}

/** `GET /health` of a host that stands in the next column. */
function requestText({ draft }: SentEntry): string {
  const { pathname, search } = new URL(draft.url);
  return `${draft.method} ${pathname}${search}`;
}

function SentRow({ entry, isShown }: { readonly entry: SentEntry; readonly isShown: boolean }) {
  const { ticket, draft, sentAtMs, result } = entry;
  const when = timeOfDay(sentAtMs);
  const what = requestText(entry);
  return (
    <tr className={cx(isShown && styles.shown)}>
      <td>
        <Button
          look="entry"
          aria-label={text.open(what, when)}
          aria-current={isShown}
          onClick={() => showRequest(ticket)}
        >
          {when}
        </Button>
      </td>
      <td className={styles.clip} title={draft.url}>
        {what} <span className={styles.soft}>{new URL(draft.url).host}</span>
      </td>
      <td className={cx(isBad(entry) && styles.bad)}>{answerText(entry)}</td>
      <td className={styles.wide}>{result?.connection?.ip ?? draft.ip ?? none}</td>
      <td className={styles.num}>{milliseconds(result?.times.totalMs ?? null)}</td>
    </tr>
  );
}

export function SentList({
  entries,
  shown,
}: {
  readonly entries: readonly SentEntry[];
  readonly shown: string | null;
}) {
  return (
    <Panel
      title={text.title}
      className={styles.earlier}
      tools={
        entries.length > 0 && (
          <Button small look="quiet" disabled={entries.every(isInFlight)} onClick={forgetRequests}>
            {text.clear}
          </Button>
        )
      }
    >
      {entries.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.when}</th>
              <th scope="col">{text.request}</th>
              <th scope="col">{text.answer}</th>
              <th scope="col" className={styles.wide}>
                {text.ip}
              </th>
              <th scope="col" className={styles.num}>
                {text.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <SentRow key={entry.ticket} entry={entry} isShown={entry.ticket === shown} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
