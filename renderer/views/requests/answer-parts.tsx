/** Headers and body of an answer, as text and bytes: nothing of it is ever rendered. */

import { useMemo, useState } from 'react';
import { type RequestAnswer, requestBounds } from '../../../core/contract/requests.ts';
import { Button } from '../../parts/button/button.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { copyText } from '../../parts/toast/copy-text.ts';
import { unseen } from '../../parts/unseen/unseen.ts';
import { bytesOf, codingOf, harmless, hexDump, mostDumpedBytes, prettyJson, textOf } from './body-text.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.answer;

type Look = 'text' | 'json' | 'hex';

function Headers({ headers }: Pick<RequestAnswer, 'headers'>) {
  // A header may come twice; its place tells it from the other.
  const rows = headers.map((header, index) => ({ ...header, key: `${index} ${header.name}` }));
  return (
    <section className={styles.headers} aria-label={text.headers(headers.length)}>
      <h3 className={styles.part}>{text.headers(headers.length)}</h3>
      <table className={styles.table}>
        <thead className={unseen}>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.value}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, value }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{harmless(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What is not to be seen of the body, and why. */
function notesOf(answer: RequestAnswer, look: Look, broken: boolean): string[] {
  const { keptBytes, bytes, complete } = answer.body;
  const coding = codingOf(answer);
  const shown = look === 'hex' ? Math.min(keptBytes, mostDumpedBytes) : keptBytes;
  return [
    ...(coding === null ? [] : [text.coded(coding)]),
    ...(shown < keptBytes ? [text.dumped(shown)] : keptBytes < bytes ? [text.kept(keptBytes)] : []),
    ...(bytes > requestBounds.readBytes && !complete ? [text.cut(bytes)] : broken && !complete ? [text.broken] : []),
  ];
}

function Body({ answer, broken }: { readonly answer: RequestAnswer; readonly broken: boolean }) {
  const { bytes, base64 } = answer.body;
  const plain = useMemo(() => textOf(answer), [answer]);
  const json = useMemo(() => (plain === null ? null : prettyJson(plain)), [plain]);
  const looks: readonly Look[] = [
    ...(json === null ? [] : (['json'] as const)),
    ...(plain === null ? [] : (['text'] as const)),
    'hex',
  ];
  const [wanted, setWanted] = useState<Look | null>(null);
  const look = looks.find((one) => one === wanted) ?? looks[0] ?? 'hex';
  const content = useMemo(
    () => (look === 'hex' ? hexDump(bytesOf(base64)) : harmless((look === 'json' ? json : plain) ?? '')),
    [look, base64, json, plain],
  );
  return (
    <section className={styles.body} aria-label={text.body(bytes)}>
      <div className={styles.bodyHead}>
        <h3 className={styles.part}>{text.body(bytes)}</h3>
        {bytes > 0 && (
          <>
            <Chips
              label={text.look}
              hideLabel
              look="segments"
              options={looks.map((value) => ({ value, label: text.looks[value] }))}
              value={look}
              onChange={setWanted}
            />
            <Button small look="quiet" onClick={() => copyText(content)}>
              {text.copy}
            </Button>
          </>
        )}
      </div>
      {bytes === 0 ? (
        <p className={styles.soft}>{text.empty}</p>
      ) : (
        // A field that takes nothing: the keyboard reaches it, scrolls it and selects in it.
        <textarea
          className={styles.content}
          aria-label={text.body(bytes)}
          readOnly
          spellCheck={false}
          wrap="off"
          value={content}
        />
      )}
      {notesOf(answer, look, broken).map((note) => (
        <p key={note} className={styles.soft}>
          {note}
        </p>
      ))}
    </section>
  );
}

/** `broken`: the request failed after the answer had begun. */
export function AnswerParts({ answer, broken }: { readonly answer: RequestAnswer; readonly broken: boolean }) {
  return (
    <div className={styles.answer}>
      <Body answer={answer} broken={broken} />
      <Headers headers={answer.headers} />
    </div>
  );
}
