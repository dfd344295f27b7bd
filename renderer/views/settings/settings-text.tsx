/** The file's own text, edited; what the form changed is in it. */
import { lazy, Suspense, useMemo } from 'react';
import { useEditObstacle } from '../../actions/use-action.tsx';
import { completeToml, explainToml } from '../../config-edit/toml-help.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import type { RunningConfig } from '../../store/config-store.ts';
import { typeText } from '../../store/settings-draft.ts';
import { faultInWords } from '../../words/told.ts';
import styles from './settings.module.css';
import type { FileDraft } from './use-file-draft.ts';
import { words } from './words.ts';

const text = words.text;

/** Apart from the page's first load: nobody needs it before he opens the file. */
const CodeEditor = lazy(() => import('../../parts/code-editor/code-editor.tsx'));

export function SettingsText({ config, draft }: { readonly config: RunningConfig; readonly draft: FileDraft }) {
  const { file, failure, begun, state, text: value } = draft;
  const obstacle = useEditObstacle();
  const faults = useMemo(() => {
    const all = state?.kind === 'answer' ? state.value.faults : [];
    return all.flatMap((fault) =>
      fault.line === null ? [] : [{ line: fault.line, column: fault.column, message: faultInWords(fault) }],
    );
  }, [state]);
  if (file === null) {
    return failure ?? text.loading;
  }
  return (
    <div className={styles.textEditor}>
      {config.file === null && <p className={styles.quiet}>{text.forNext}</p>}
      {obstacle !== null && <p className={styles.quiet}>{obstacle}</p>}
      {!file.exists && <p className={styles.quiet}>{text.notThere(file.file)}</p>}
      {value === null ? (
        state?.kind === 'failed' ? (
          state.message
        ) : (
          <SkeletonLines count={12} />
        )
      ) : (
        <Suspense fallback={<SkeletonLines count={12} />}>
          <CodeEditor
            label={text.field(file.file)}
            value={value}
            onChange={(next) =>
              typeText({ value: next, base: begun?.base ?? file.text, savedOver: begun?.savedOver ?? null })
            }
            readOnly={obstacle !== null}
            faults={faults}
            complete={(context) => completeToml(config, context)}
            explain={(view, at) => explainToml(config, view, at)}
          />
        </Suspense>
      )}
    </div>
  );
}
