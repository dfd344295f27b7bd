/**
 * A pasted, dropped or imported list: read by the engine while it is edited, each fault on its own line. Good lines go to
 * the draft. Of a long list the good lines are taken at once, and only what is left to mend is drawn.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { inSlices } from '../../base/slices.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { changeLongDraft } from '../../store/access-draft.ts';
import { type SaidEntry, type SaidTally, saying, tallying } from '../../store/access-said.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './bulk-paste.module.css';
import { PasteEditor } from './paste-editor.tsx';
import { type FaultyLines, faultyLines, issuesByLine } from './pasted-lines.ts';
import { isLong, useIntake, useParsed } from './use-intake.ts';
import { words } from './words.ts';

const text = words.bulk;
/** Repetitions that are named; all are counted. */
const mostRepeats = 5;

export interface BulkPasteProps {
  readonly list: AccessListName;
  /** What to begin with; null: closed. */
  readonly initial: string | null;
  readonly onClose: () => void;
}

/** Lines that are edited one by one: a text, and the numbers that its lines had in a longer one. */
function useEdited(initial: string) {
  const [edited, setEdited] = useState<{ readonly text: string; readonly numbers?: readonly number[] }>({
    text: isLong(initial) ? '' : initial,
  });
  const change = (text: string): void => setEdited(({ numbers }) => ({ text, ...(numbers && { numbers }) }));
  /** Behind what stands there, for somebody may be writing it. */
  const append = (rest: FaultyLines): void =>
    setEdited(({ text }) => (text.trim() === '' ? rest : { text: rest.text === '' ? text : `${text}\n${rest.text}` }));
  return { ...edited, change, append, replace: setEdited };
}

/** What the entries mean for the lists as they are; made in slices, null until then. */
function useTally(said: readonly SaidEntry[]): SaidTally | null {
  const { access } = useConsole();
  const [tallied, setTallied] = useState<{ readonly of: unknown; readonly tally: SaidTally } | null>(null);
  useEffect(
    () =>
      inSlices(
        tallying(said, (key) => access.entry(key)),
        (tally) => setTallied({ of: said, tally }),
      ),
    [access, said],
  );
  return tallied?.of === said ? tallied.tally : null;
}

function BulkPasteBody({ list, initial, onClose }: BulkPasteProps & { readonly initial: string }) {
  const { access } = useConsole();
  const { text: value, numbers, change, append, replace } = useEdited(initial);
  const { taken, take, clear } = useIntake(append);
  const { parsed, reading, failure } = useParsed(value);
  const [hasAdded, setHasAdded] = useState(false);
  const issues = useMemo(() => issuesByLine(parsed.issues), [parsed]);
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current && isLong(initial)) {
      begun.current = true;
      take(initial);
    }
  });
  const said = useMemo(
    () =>
      [...taken.entries, ...parsed.entries].map(
        (entry): SaidEntry => ({
          list: entry.list ?? list,
          value: entry.value,
          note: entry.note,
          expiresAtMs: entry.expiresAtMs,
        }),
      ),
    [taken.entries, parsed.entries, list],
  );
  const tally = useTally(said);
  const busy = reading || taken.progress !== null;
  const add = (): void => {
    changeLongDraft((draft) => saying(draft, said, (key) => access.entry(key)));
    if (issues.size === 0) {
      onClose();
    } else {
      clear();
      setHasAdded(true);
      replace(faultyLines(value, parsed.issues));
      tell('info', () => text.left(issues.size));
    }
  };
  const repeated = taken.repeated + parsed.repeated;
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(list)}
      description={text.text}
      wide
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
                  {text.good(said.length)}
                  {issues.size > 0 && <span className={styles.bulkBad}> · {text.bad(issues.size)}</span>}
                  {taken.unlisted > 0 && <span className={styles.bulkBad}> · {text.unlisted(taken.unlisted)}</span>}
                  {[
                    ...(repeated > 0 ? [text.repeated(repeated)] : []),
                    ...(tally && tally.there > 0 ? [text.there(tally.there)] : []),
                    ...(tally && tally.changed > 0 ? [text.changed(tally.changed)] : []),
                  ].map((known) => (
                    <span key={known}> · {known}</span>
                  ))}
                  {tally && tally.opposed > 0 && (
                    <span className={styles.bulkWarn}> · {text.opposed(tally.opposed)}</span>
                  )}
                </>
              ))
            )}
          </span>
          <Button onClick={onClose}>{hasAdded ? text.close : text.cancel}</Button>
          <Button look="primary" disabled={busy || said.length === 0} onClick={add}>
            {text.add(said.length)}
          </Button>
        </>
      }
    >
      {taken.entries.length > 0 && <p className={styles.taken}>{text.taken(taken.entries.length)}</p>}
      <PasteEditor
        value={value}
        numbers={numbers}
        issues={issues}
        onChange={change}
        onLong={(long) => {
          replace({ text: '' });
          take(long);
        }}
      />
      {parsed.repeats.length > 0 && (
        <p className={styles.repeats}>
          {parsed.repeats.slice(0, mostRepeats).map(({ line, value: twice, firstLine }) => (
            <span key={`${line} ${twice}`}>{text.repeat(twice, line, firstLine)} </span>
          ))}
        </p>
      )}
    </Dialog>
  );
}

export function BulkPaste(props: BulkPasteProps) {
  return props.initial === null ? null : <BulkPasteBody {...props} initial={props.initial} />;
}
