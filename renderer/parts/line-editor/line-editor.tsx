/** A text that is read line by line: numbers before the lines, what is wrong with them below. Quick with twenty thousand lines. */
import { type ClipboardEvent, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { cx } from '../class-names.ts';
import { words } from '../words.ts';
import styles from './line-editor.module.css';
import { placeOfLine } from './line-places.ts';

export interface LineEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** By the number of their line, from 1. */
  readonly issues: ReadonlyMap<number, string>;
  /** What is said before an issue: which line it is about. */
  readonly lineName: (line: number) => string;

  /** Of lines that were taken out of a longer text: their numbers there. */
  readonly numbers?: readonly number[] | undefined;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** It is as high as there is room, not as a field of a dialog. */
  readonly fills?: boolean;
  /** Before the text takes what is pasted; it may be kept from it. */
  readonly onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  /** A file or a text is let go over it; without this the browser does as it does. */
  readonly onDrop?: (data: DataTransfer) => void;
}

const lineHeight = 19;
const padding = 7;
/** Whoever mends these sees the next ones. */
const mostListed = 100;

/** Keeps the caret where it stands when lines are put behind the text while somebody writes in it. */
function useCaret(field: RefObject<HTMLTextAreaElement | null>, value: string) {
  const typed = useRef({ value, start: 0, end: 0 });
  useLayoutEffect(() => {
    const { value: before, start, end } = typed.current;
    if (value !== before && value.startsWith(before)) {
      field.current?.setSelectionRange(start, end);
    }
    typed.current = { ...typed.current, value };
  }, [field, value]);
  return ({ value: now, selectionStart: start, selectionEnd: end }: HTMLTextAreaElement): void => {
    typed.current = { value: now, start, end };
  };
}

export function LineEditor(props: LineEditorProps) {
  const { label, value, onChange, issues, lineName, numbers, placeholder, onPaste, onDrop } = props;
  const { readOnly = false, fills = false } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const followTyping = useCaret(field, value);
  const lines = useMemo(() => value.split('\n').length, [value]);
  const own = numbers?.length === lines ? numbers : null;
  const numberOf = (line: number): number => own?.[line - 1] ?? line;
  // One text node: a node for each line of a long list would be most of the page.
  const gutter = useMemo(
    () => Array.from({ length: lines }, (_, index) => own?.[index] ?? index + 1).join('\n'),
    [lines, own],
  );
  const listed = [...issues].slice(0, mostListed);
  const goTo = (line: number): void => {
    const [start, end] = placeOfLine(value, line);
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
    field.current?.parentElement?.scrollTo({ top: Math.max(0, (line - 3) * lineHeight) });
  };
  return (
    <div className={cx(fills && styles.fills)}>
      <div className={styles.editor}>
        <pre className={styles.gutter} aria-hidden="true">
          {gutter}
        </pre>
        {listed.map(([line]) => (
          <div
            key={line}
            aria-hidden="true"
            className={styles.mark}
            style={{ top: padding + (line - 1) * lineHeight }}
          />
        ))}
        <textarea
          ref={field}
          className={styles.text}
          aria-label={label}
          readOnly={readOnly}
          aria-invalid={issues.size > 0}
          placeholder={placeholder}
          spellCheck={false}
          wrap="off"
          style={{ height: lines * lineHeight + 2 * padding }}
          value={value}
          onChange={(event) => {
            followTyping(event.target);
            onChange(event.target.value);
          }}
          onSelect={(event) => followTyping(event.currentTarget)}
          onPaste={onPaste}
          onDragOver={onDrop && ((event) => event.preventDefault())}
          onDrop={
            onDrop &&
            ((event) => {
              event.preventDefault();
              onDrop(event.dataTransfer);
            })
          }
        />
      </div>
      <div role="status">
        {listed.length > 0 && (
          <ul className={styles.issues}>
            {listed.map(([line, message]) => (
              <li key={line}>
                <button type="button" className={styles.issue} onClick={() => goTo(line)}>
                  {lineName(numberOf(line))} {message}
                </button>
              </li>
            ))}
            {issues.size > mostListed && <li className={styles.more}>{words.moreLines(issues.size - mostListed)}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
