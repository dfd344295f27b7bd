/**
 * A pasted, dropped or imported list: read by the engine while it is edited, each fault on its own line. Good lines go to
 * the draft. Of a long list the good lines are taken at once, and only what is left to mend is drawn.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AccessListName, AccessParsed } from '../../../core/contract/access.ts';
import { failureText } from '../../actions/failure-text.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { LineEditor } from '../../parts/line-editor/line-editor.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { adding, changeLongDraft } from '../../store/access-draft.ts';
import { mapped } from '../../store/slices.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './bulk-paste.module.css';
import { droppedText } from './dropped-text.ts';
import { faultyLines, issuesByLine } from './pasted-lines.ts';
import { readEntries } from './read-entries.ts';
import { words } from './words.ts';

const text = words.bulk;
const quietMs = 150;
/** Lines that are edited one by one; what is longer is taken in. */
const mostLines = 500;
const nothing: AccessParsed = { entries: [], repeats: [], repeated: 0, issues: [] };
type Entries = AccessParsed['entries'];

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

function isLong(value: string): boolean {
  let lines = 1;
  for (let at = value.indexOf('\n'); at !== -1 && lines <= mostLines; at = value.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines > mostLines;
}

interface TakenIn {
  readonly entries: Entries;
  /** null: nothing is being read. */
  readonly progress: number | null;
  /** Faults of long texts that are not listed; their lines are left out. */
  readonly unlisted: number;
}

/** Takes in long texts: their good lines, and gives what is left of them to mend. */
function useIntake(onRest: (rest: string) => void) {
  const { bridge } = useConsole();
  const [taken, setTaken] = useState<TakenIn>({ entries: [], progress: null, unlisted: 0 });
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const take = async (long: string): Promise<void> => {
    reading.current?.abort();
    const ours = new AbortController();
    reading.current = ours;
    setTaken((before) => ({ ...before, progress: 0 }));
    try {
      const progressed = (done: number, of: number): void => setTaken((before) => ({ ...before, progress: done / of }));
      const read = await readEntries(bridge, long, progressed, ours.signal);
      const rest = faultyLines(long, read.issues.filter(({ at }) => at.startsWith('line ')).slice(0, mostLines)).text;
      const beyond = Math.max(0, read.issues.length - mostLines);
      setTaken((before) => ({
        entries: [...before.entries, ...read.entries],
        progress: null,
        unlisted: before.unlisted + read.unlisted + beyond,
      }));
      onRest(rest);
    } catch (error) {
      if (!ours.signal.aborted) {
        setTaken((before) => ({ ...before, progress: null }));
        tell(
          'bad',
          () => text.notRead,
          () => failureText(error),
        );
      }
    }
  };
  return { taken, take, clear: () => setTaken({ entries: [], progress: null, unlisted: 0 }) };
}

function Editor({
  value,
  issues,
  onChange,
  onLong,
}: {
  readonly value: string;
  readonly issues: ReadonlyMap<number, string>;
  readonly onChange: (value: string) => void;
  readonly onLong: (value: string) => void;
}) {
  const put = (added: string): void => {
    const joined = value.trim() === '' ? added : `${value}\n${added}`;
    (isLong(joined) ? onLong : onChange)(joined);
  };
  return (
    <LineEditor
      label={text.field}
      value={value}
      issues={issues}
      lineName={text.onLine}
      placeholder={text.placeholder}
      onChange={(next) => (isLong(next) ? onLong : onChange)(next)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text');
        // Laying out a hundred thousand lines only to take them away again would hold the page up.
        if (isLong(pasted)) {
          event.preventDefault();
          put(pasted);
        }
      }}
      onDrop={(data) => void droppedText(data).then(put)}
    />
  );
}

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
      <Editor value={value} issues={issues} onChange={setValue} onLong={(long) => void take(long)} />
    </Dialog>
  );
}

export function BulkPaste(props: BulkPasteProps) {
  return props.initial === null ? null : <BulkPasteBody {...props} initial={props.initial} />;
}
