/** What is about to change, and what that does to what is open now, before anything is applied. */
import type { ReactNode } from 'react';
import type { ConfigPreview, ConfigValue } from '../../core/contract/config.ts';
import { Button } from '../parts/button/button.tsx';
import { Panel } from '../parts/panel/panel.tsx';
import { named } from '../words/format.ts';
import { faultInWords, toldInWords } from '../words/told.ts';
import styles from './config-edit.module.css';
import { typedOf } from './field-value.ts';
import type { PreviewState } from './use-preview.ts';
import { words } from './words.ts';

const text = words.changes;

function shown(value: ConfigValue | null): string {
  return value === null ? text.absent : typedOf(value);
}

/** The engine's sentences mostly name the key themselves. */
export function faultText(path: string, message: string): string {
  return path === '' || message.includes(path) ? message : named(path, message);
}

export function Preview({ preview, ofText }: { readonly preview: ConfigPreview; readonly ofText: boolean }) {
  const { diff, warnings, effects } = preview;
  const faults = preview.faults.map((fault) => ({ ...fault, said: faultInWords(fault) }));
  return (
    <>
      {faults.length > 0 && (
        <ul className={styles.faults} role="status">
          {faults.map(({ path, line, column, said }) => (
            <li key={`${path} ${line} ${said}`}>
              {text.at(ofText ? line : null, column)}
              {faultText(path, said)}
            </li>
          ))}
        </ul>
      )}
      {diff.length === 0 && faults.length === 0 && text.nothing}
      <ul className={styles.diff}>
        {diff.map(({ path, before, after }) => (
          <li key={path}>
            <span className={styles.path}>{path}</span>
            <del>{shown(before)}</del> <span aria-hidden="true">→</span> <ins>{shown(after)}</ins>
          </li>
        ))}
      </ul>
      <Sentences title={text.effects} sentences={effects.map(text.effect)} />
      <Sentences title={text.warnings} sentences={warnings.map(toldInWords)} />
    </>
  );
}

function Sentences({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  return sentences.length === 0 ? null : (
    <>
      <h3 className={styles.subtitle}>{title}</h3>
      <ul className={styles.sentences}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

export function ChangePanel({
  state,
  ofText = false,
  apply,
  onDiscard,
}: {
  /** null: nothing is changed. */
  readonly state: PreviewState | null;
  /** Lines are those of the text that is edited; a form has none. */
  readonly ofText?: boolean;
  readonly apply: ReactNode;
  readonly onDiscard: () => void;
}) {
  return (
    <Panel title={text.title}>
      {state === null ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <>
          {state.kind === 'asking' && <p className={styles.quiet}>{text.looking}</p>}
          {state.kind === 'failed' && (
            <p className={styles.faults} role="status">
              {text.failed} {state.message}
            </p>
          )}
          {state.kind === 'answer' && <Preview preview={state.value} ofText={ofText} />}
          <div className={styles.buttons}>
            {apply}
            <Button onClick={onDiscard}>{text.discard}</Button>
          </div>
        </>
      )}
    </Panel>
  );
}
