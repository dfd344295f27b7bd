/**
 * A pasted, dropped or imported list: read by the engine while it is edited, each fault on its own line. Good lines go to
 * the draft. Of a long list the good lines are taken at once, and only what is left to mend is drawn.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { adding, changeLongDraft } from '../../store/access-draft.ts';
import { mapped } from '../../store/slices.ts';
import styles from './bulk-paste.module.css';
import { PasteEditor } from './paste-editor.tsx';
import { faultyLines, issuesByLine } from './pasted-lines.ts';
import { isLong, useIntake, useParsed } from './use-intake.ts';
import { words } from './words.ts';

const text = words.bulk;

export interface BulkPasteProps {
  readonly list: AccessListName;
  /** What to begin with; null: closed. */
  readonly initial: string | null;
  readonly onClose: () => void;
}

function BulkPasteBody({ list, initial, onClose }: BulkPasteProps & { readonly initial: string }) {
  const [value, setValue] = useState(() => (isLong(initial) ? '' : initial));
  const { taken, take, clear } = useIntake(setValue);
  const { parsed, reading, failure } = useParsed(value);
  const issues = useMemo(() => issuesByLine(parsed.issues), [parsed]);
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current && isLong(initial)) {
      begun.current = true;
      void take(initial);
    }
  });
  const entries = taken.entries.length === 0 ? parsed.entries : [...taken.entries, ...parsed.entries];
  const busy = reading || taken.progress !== null;
  const add = (): void => {
    changeLongDraft(function* (draft) {
      const additions = yield* mapped(entries, (entry) => ({
        list: entry.list ?? list,
        value: entry.value,
        note: entry.note,
        expiresAtMs: entry.expiresAtMs ?? null,
      }));
      return yield* adding(draft, additions);
    });
    if (issues.size === 0) {
      onClose();
    } else {
      clear();
      setValue(faultyLines(value, parsed.issues).text);
      tell('info', () => text.left(issues.size));
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(list)}
      description={text.text}
      footer={
        <>
          <span className={styles.bulkTally} role="status">
            {taken.progress !== null ? (
              <ProgressBar label={text.reading} total={1} ready={taken.progress} failed={0} />
            ) : reading ? (
              text.reading
            ) : (
              (failure ?? (
                <>
                  {text.good(entries.length)}
                  {parsed.issues.length > 0 && (
                    <span className={styles.bulkBad}> · {text.bad(parsed.issues.length)}</span>
                  )}
                  {taken.unlisted > 0 && <span className={styles.bulkBad}> · {text.unlisted(taken.unlisted)}</span>}
                </>
              ))
            )}
          </span>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" disabled={busy || entries.length === 0} onClick={add}>
            {text.add(entries.length)}
          </Button>
        </>
      }
    >
      {taken.entries.length > 0 && <p className={styles.taken}>{text.taken(taken.entries.length)}</p>}
      <PasteEditor value={value} issues={issues} onChange={setValue} onLong={(long) => void take(long)} />
    </Dialog>
  );
}

export function BulkPaste(props: BulkPasteProps) {
  return props.initial === null ? null : <BulkPasteBody {...props} initial={props.initial} />;
}
