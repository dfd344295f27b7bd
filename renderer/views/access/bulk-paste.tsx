/** A pasted list: read by the engine while it is edited, each fault on its own line. Good lines go to the draft. */
import { useEffect, useState } from 'react';
import type { AccessListName, AccessParsed } from '../../../core/contract/access.ts';
import { failureText } from '../../actions/action.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { tell } from '../../parts/toast/toasts.ts';
import { changeDraft, withAdditions } from '../../store/access-draft.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './bulk-paste.module.css';
import { faultyRest, issuesByLine } from './pasted-lines.ts';
import { words } from './words.ts';

const text = words.bulk;
const quietMs = 150;
const lineHeight = 19;
const nothing: AccessParsed = { entries: [], issues: [] };

function useParsed(pasted: string): { parsed: AccessParsed; reading: boolean; failure: string | null } {
  const { bridge } = useConsole();
  const [state, setState] = useState({ text: '', parsed: nothing, failure: null as string | null });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      bridge.request('access.parse', { text: pasted }).then(
        (parsed) => current && setState({ text: pasted, parsed, failure: null }),
        (error: unknown) => current && setState({ text: pasted, parsed: nothing, failure: failureText(error) }),
      );
    }, quietMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, pasted]);
  return { parsed: state.parsed, failure: state.failure, reading: state.text !== pasted };
}

function Editor({
  value,
  issues,
  onChange,
}: {
  readonly value: string;
  readonly issues: ReadonlyMap<number, string>;
  readonly onChange: (value: string) => void;
}) {
  const lines = value.split('\n').length;
  const numbers = Array.from({ length: lines }, (_, index) => index + 1);
  return (
    <div className={styles.editor}>
      <div className={styles.gutter} aria-hidden="true">
        {numbers.map((line) => (
          <div key={line} className={cx(issues.has(line) && styles.gutterBad)}>
            {line}
          </div>
        ))}
      </div>
      <textarea
        className={styles.text}
        aria-label={text.field}
        aria-invalid={issues.size > 0}
        placeholder={text.placeholder}
        spellCheck={false}
        wrap="off"
        style={{ height: lines * lineHeight + 14 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className={styles.lineIssues} role="status">
        {numbers.map((line) => (
          <div key={line} className={styles.lineIssue} title={issues.get(line)}>
            {issues.has(line) && <span className={styles.unseen}>{text.onLine(line)} </span>}
            {issues.get(line)}
          </div>
        ))}
      </div>
    </div>
  );
}

export interface BulkPasteProps {
  readonly list: AccessListName;
  /** What to begin with; null: closed. */
  readonly initial: string | null;
  readonly onClose: () => void;
}

function BulkPasteBody({ list, initial, onClose }: BulkPasteProps & { readonly initial: string }) {
  const [value, setValue] = useState(initial);
  const { parsed, reading, failure } = useParsed(value);
  const issues = issuesByLine(parsed.issues);
  const add = (): void => {
    changeDraft((draft) =>
      withAdditions(
        draft,
        parsed.entries.map((entry) => ({ list, value: entry.value, note: entry.note, expiresAtMs: null })),
      ),
    );
    if (issues.size === 0) {
      onClose();
    } else {
      setValue(faultyRest(value, parsed.issues));
      tell('info', text.left(issues.size));
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
            {reading
              ? text.reading
              : (failure ?? (
                  <>
                    {text.good(parsed.entries.length)}
                    {parsed.issues.length > 0 && (
                      <span className={styles.bulkBad}> · {text.bad(parsed.issues.length)}</span>
                    )}
                  </>
                ))}
          </span>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" disabled={reading || parsed.entries.length === 0} onClick={add}>
            {text.add(parsed.entries.length)}
          </Button>
        </>
      }
    >
      <Editor value={value} issues={issues} onChange={setValue} />
    </Dialog>
  );
}

export function BulkPaste(props: BulkPasteProps) {
  return props.initial === null ? null : <BulkPasteBody {...props} initial={props.initial} />;
}
