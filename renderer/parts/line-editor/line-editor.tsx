/** A text that is read line by line: numbers before the lines, faults behind them. Quick with twenty thousand lines. */

import { type ClipboardEvent, useMemo } from 'react';
import { unseen } from '../unseen/unseen.ts';
import styles from './line-editor.module.css';

export interface LineEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** By the number of their line, from 1. */
  readonly issues: ReadonlyMap<number, string>;
  /** How a line is named to those who do not see where the fault stands. */
  readonly lineName: (line: number) => string;
  readonly placeholder?: string;
  /** Before the text takes what is pasted; it may be kept from it. */
  readonly onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  /** A file or a text is let go over it; without this the browser does as it does. */
  readonly onDrop?: (data: DataTransfer) => void;
}

const lineHeight = 19;
const padding = 7;

export function LineEditor(props: LineEditorProps) {
  const { label, value, onChange, issues, lineName, placeholder, onPaste, onDrop } = props;
  const lines = useMemo(() => value.split('\n').length, [value]);
  // One text node: a node for each line of a long list would be most of the page.
  const numbers = useMemo(() => Array.from({ length: lines }, (_, index) => index + 1).join('\n'), [lines]);
  return (
    <div className={styles.editor}>
      <pre className={styles.gutter} aria-hidden="true">
        {numbers}
      </pre>
      <textarea
        className={styles.text}
        aria-label={label}
        aria-invalid={issues.size > 0}
        placeholder={placeholder}
        spellCheck={false}
        wrap="off"
        style={{ height: lines * lineHeight + 2 * padding }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
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
      <div className={styles.issues} role="status">
        {[...issues].map(([line, message]) => (
          <div
            key={line}
            className={styles.issue}
            style={{ top: padding + (line - 1) * lineHeight }}
            title={`${lineName(line)} ${message}`}
          >
            <span className={unseen}>{lineName(line)} </span>
            {message}
          </div>
        ))}
      </div>
    </div>
  );
}
