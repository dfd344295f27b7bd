/** What is about to change, and what that does to what is open now, before anything is applied. */
import { useMemo } from 'react';
import type { ConfigFault, ConfigPreview, ConfigValue } from '../../core/contract/config.ts';
import { typedOf } from '../base/field-value.ts';
import { cx } from '../parts/class-names.ts';
import { Panel } from '../parts/panel/panel.tsx';
import { named } from '../words/format.ts';
import { faultInWords, toldInWords } from '../words/told.ts';
import styles from './config-edit.module.css';
import { lineChanges } from './line-changes.ts';
import type { PreviewState } from './use-preview.ts';
import { words } from './words.ts';

const text = words.changes;
/** More places than this say nothing more to a reader. */
const mostLineChanges = 100;

/** How a key's value is written where it is not as the file has it. */
export type WriteAmount = (path: string, value: ConfigValue) => string;

const asInFile: WriteAmount = (_, value) => typedOf(value);

/** What is wrong, without the key's name. */
export type WriteFault = (fault: ConfigFault) => string;

/** The engine's sentences mostly name the key themselves. */
export function faultText(path: string, message: string): string {
  return path === '' || message.includes(path) ? message : named(path, message);
}

export function Preview({
  preview,
  ofText,
  amountOf = asInFile,
  faultOf = faultInWords,
}: {
  readonly preview: ConfigPreview;
  readonly ofText: boolean;
  readonly amountOf?: WriteAmount;
  readonly faultOf?: WriteFault;
}) {
  const shown = (path: string, value: ConfigValue | null): string =>
    value === null ? text.absent : amountOf(path, value);
  const { diff, warnings, effects } = preview;
  const faults = preview.faults.map((fault) => ({ ...fault, said: faultOf(fault) }));
  return (
    <>
      {faults.length > 0 && (
        <div role="status">
          <ul className={styles.faults}>
            {faults.map(({ path, line, column, said }) => (
              <li key={`${path} ${line} ${said}`}>
                {text.at(ofText ? line : null, column)}
                {faultText(path, said)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {diff.length === 0 && faults.length === 0 && text.nothing}
      <ul className={styles.diff}>
        {diff.map(({ path, before, after, applies }) => (
          <li key={path}>
            <span className={styles.path}>{path}</span>
            <del>{shown(path, before)}</del> <span aria-hidden="true">→</span> <ins>{shown(path, after)}</ins>{' '}
            <span className={styles.applies} data-applies={applies}>
              {text.applies[applies](replacedBy(path, effects))}
            </span>
          </li>
        ))}
      </ul>
      <Sentences title={text.effects} sentences={effects.map(text.effect)} />
      <Sentences title={text.warnings} sentences={warnings.map(toldInWords)} warn />
    </>
  );
}

/** Open connections of the host whose key this is, which the change replaces. */
function replacedBy(path: string, effects: ConfigPreview['effects']): number {
  const of = effects.find(({ kind, host }) => kind === 'reconnects' && path.startsWith(`targets[${host}].`));
  return of?.connections ?? 0;
}

/** The file line by line: what goes, and what comes in its place. */
function Lines({ before, after }: { readonly before: string; readonly after: string }) {
  const changes = useMemo(() => lineChanges(before, after), [before, after]);
  const shown = changes.slice(0, mostLineChanges);
  return (
    <>
      <h3 className={styles.subtitle}>{text.lines}</h3>
      <ol className={styles.lines}>
        {shown.map(({ line, removed, added }) => (
          <li key={line}>
            <span className={styles.lineNumber}>{text.line(line)}</span>
            <Changed lines={removed} as="del" />
            <Changed lines={added} as="ins" />
          </li>
        ))}
      </ol>
      {changes.length > shown.length && <p className={styles.quiet}>{text.moreLines(changes.length - shown.length)}</p>}
    </>
  );
}

/** A line may be there twice, so its place is its key. */
function Changed({ lines, as: Tag }: { readonly lines: readonly string[]; readonly as: 'del' | 'ins' }) {
  return Array.from(lines.entries(), ([place, line]) => <Tag key={`${place} ${line}`}>{line}</Tag>);
}

function Sentences({
  title,
  sentences,
  warn = false,
}: {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly warn?: boolean;
}) {
  return sentences.length === 0 ? null : (
    <>
      <h3 className={styles.subtitle}>{title}</h3>
      <ul className={cx(styles.sentences, warn && styles.warn)}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

/** What is changed, and what that does. */
export function ChangePanel({
  state,
  ofText = false,
  amountOf = asInFile,
  faultOf = faultInWords,
  changed = null,
  note,
}: {
  /** null: nothing is changed. */
  readonly state: PreviewState | null;
  /** Lines are those of the text that is edited; a form has none. */
  readonly ofText?: boolean;
  readonly amountOf?: WriteAmount;
  readonly faultOf?: WriteFault;
  /** The file's text as it is and as it is going to be; null where there is none. */
  readonly changed?: { readonly before: string; readonly after: string } | null;
  /** How it is to be read. */
  readonly note?: string | undefined;
}) {
  return (
    <Panel title={text.title}>
      {state === null ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <>
          {note !== undefined && <p className={styles.quiet}>{note}</p>}
          {state.kind === 'asking' && <p className={styles.quiet}>{text.looking}</p>}
          {state.kind === 'failed' && (
            <p className={styles.faults} role="status">
              {text.failed} {state.message}
            </p>
          )}
          {state.kind === 'answer' && (
            <Preview preview={state.value} ofText={ofText} amountOf={amountOf} faultOf={faultOf} />
          )}
          {state.kind === 'answer' && changed !== null && <Lines {...changed} />}
        </>
      )}
    </Panel>
  );
}
