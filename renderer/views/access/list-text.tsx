/** A list as plain text: what is written, added or taken out of it goes to the draft. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { AccessListName } from '../../../core/contract/access.ts';
import { atOnce } from '../../base/slices.ts';
import { Button } from '../../parts/button/button.tsx';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { LineEditor } from '../../parts/line-editor/line-editor.tsx';
import { changeLongDraft } from '../../store/access-draft.ts';
import type { ListedEntry } from '../../store/access-store.ts';
import { applyingText, difference, isPersons, keepText, listTexts, printList } from '../../store/access-text.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { useConsole } from '../../store/use-console.ts';
import { ordered } from './lines.ts';
import styles from './list-text.module.css';
import { issuesByLine } from './pasted-lines.ts';
import { readEntries } from './read-entries.ts';
import { useEditObstacle } from './use-edit-obstacle.ts';
import { words } from './words.ts';

const text = words.text;
/** More lines than this are not laid out as one text; they go by export and import. */
const mostLines = 20_000;
const readingPace = { quietMs: 250, againMs: null } as const;

export interface ListTextProps {
  readonly list: AccessListName;
  readonly entries: readonly ListedEntry[];
  /** The text is in the draft now, or given up. */
  readonly onDone: () => void;
}

function Editor({ list, entries, onDone }: ListTextProps) {
  const { bridge, access } = useConsole();
  const kept = useStore(listTexts, (texts) => texts[list]);
  const draft = useAccessDraft();
  const obstacle = useEditObstacle();
  useEffect(() => {
    if (listTexts.getState()[list]?.touched !== true) {
      keepText(list, printList(list, atOnce(ordered(entries, 'entry')), draft));
    }
  }, [list, entries, draft]);
  const value = kept?.text ?? '';
  const ask = useMemo(() => () => readEntries(bridge, value), [bridge, value]);
  const { answer } = useAnswer(ask, readingPace);
  const read = answer?.kind === 'answer' ? answer.value : null;
  const issues = useMemo(() => issuesByLine(read?.issues ?? []), [read]);
  const change = useMemo(() => (kept && read ? difference(kept, read.entries) : null), [kept, read]);
  const changes = change === null ? 0 : change.added.length + change.changed.length + change.removed.length;
  const done = (): void => {
    keepText(list, null);
    onDone();
  };
  const stage = (): void => {
    if (kept && read) {
      changeLongDraft((draft) => applyingText(draft, list, kept, read.entries, (key) => access.entry(key)));
      done();
    }
  };
  const others = entries.filter((entry) => !isPersons(entry)).length;
  return (
    <div className={styles.text}>
      <p className={styles.about}>
        {text.about} {others > 0 && text.others(others)}
      </p>
      <LineEditor
        label={text.field(list)}
        value={value}
        issues={issues}
        lineName={words.bulk.onLine}
        placeholder={words.bulk.placeholder}
        fills
        readOnly={obstacle !== null}
        onChange={(next) => kept && keepText(list, { ...kept, text: next, touched: true })}
      />
      <div className={styles.foot}>
        <span className={styles.tally} role="status">
          {answer?.kind === 'failed'
            ? answer.message
            : change === null
              ? words.bulk.reading
              : issues.size > 0
                ? text.faults(issues.size)
                : changes === 0
                  ? text.same
                  : text.changes(change.added.length, change.changed.length, change.removed.length)}
        </span>
        <Button small onClick={done}>
          {text.giveUp}
        </Button>
        <Button
          small
          look="primary"
          disabled={obstacle === null && (changes === 0 || issues.size > 0)}
          obstacle={obstacle}
          title={obstacle ?? undefined}
          onClick={stage}
        >
          {text.stage}
        </Button>
      </div>
    </div>
  );
}

export function ListText(props: ListTextProps) {
  const lines = useMemo(() => props.entries.filter(isPersons).length, [props.entries]);
  return lines > mostLines ? (
    <Empty title={text.tooLong(lines)}>{text.tooLongText(mostLines)}</Empty>
  ) : (
    <Editor {...props} />
  );
}
