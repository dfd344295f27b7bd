/** The file's own text, edited; when the file changes meanwhile, both texts are put together, and nothing of either is lost. */
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { saveConfigText } from '../../actions/config-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { ChangePanel } from '../../config-edit/change-panel.tsx';
import { completeToml, explainToml } from '../../config-edit/toml-help.ts';
import { usePreview } from '../../config-edit/use-preview.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { Button } from '../../parts/button/button.tsx';
import { Banner, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import type { Said } from '../../parts/toast/toasts.tsx';
import type { RunningConfig } from '../../store/config-store.ts';
import { conflictsIn, mergedText, mergeText } from '../../store/text-merge.ts';
import { faultInWords } from '../../words/told.ts';
import { changeSettings, replaceText, type TextDraft, textRead, textSaved, useSettingsDraft } from './draft.ts';
import styles from './settings.module.css';
import { Side } from './side.tsx';
import { TextMergeDialog } from './text-merge-dialog.tsx';
import { useOfRevision } from './use-of-revision.ts';
import { words } from './words.ts';

const text = words.text;

/** Apart from the page's first load: nobody needs it before he opens the file. */
const CodeEditor = lazy(() => import('../../parts/code-editor/code-editor.tsx'));

/** The file is another than the one that the draft began from. */
function ChangedElsewhere({ draft, file }: { readonly draft: TextDraft; readonly file: { readonly text: string } }) {
  const [resolving, setResolving] = useState(false);
  const pieces = useMemo(() => mergeText(draft.value, draft.base, file.text), [draft, file]);
  const conflicts = conflictsIn(pieces);
  const take = (value: string, told: Said): void => replaceText({ value, base: file.text, savedOver: null }, told);
  return (
    <Banner
      tone="warn"
      actions={
        <>
          {conflicts.length === 0 ? (
            <Button
              look="primary"
              onClick={() =>
                take(
                  mergedText(pieces, () => 'both'),
                  () => text.merged,
                )
              }
            >
              {text.merge}
            </Button>
          ) : (
            <Button look="primary" onClick={() => setResolving(true)}>
              {text.resolve}
            </Button>
          )}
          <Button title={text.keepMineHint} onClick={() => take(draft.value, () => text.keptMine)}>
            {text.keepMine}
          </Button>
          <Button title={text.takeTheirsHint} onClick={() => replaceText(null, () => text.tookTheirs)}>
            {text.takeTheirs}
          </Button>
        </>
      }
    >
      <strong>{text.stale}</strong> {text.staleText(conflicts.length)}
      {resolving && conflicts.length > 0 && (
        <TextMergeDialog
          pieces={pieces}
          onClose={() => setResolving(false)}
          onTake={(value) => {
            setResolving(false);
            take(value, () => text.merged);
          }}
        />
      )}
    </Banner>
  );
}

export function SettingsText({ config }: { readonly config: RunningConfig }) {
  const { value: read, failure } = useOfRevision('config.text', config.revision);
  const begun = useSettingsDraft((settings) => settings.text);
  useEffect(() => {
    if (read !== null) {
      textRead(read.revision);
    }
  }, [read]);
  const isOlder = read !== null && begun?.savedOver === read.revision;
  const file = isOlder ? { ...read, text: begun.base } : read;
  // What says the same as what it began from was put there by nobody, and goes along with the file.
  const draft = begun?.value === begun?.base ? null : begun;
  const value = draft?.value ?? file?.text ?? '';
  const touched = draft !== null && file !== null && draft.value !== file.text;
  const stale = touched && draft.base !== file.text;
  const state = usePreview(touched ? { text: value } : null, config.revision);
  const faults = useMemo(() => {
    const all = state?.kind === 'answer' ? state.value.faults : [];
    return all.flatMap((fault) =>
      fault.line === null ? [] : [{ line: fault.line, column: fault.column, message: faultInWords(fault) }],
    );
  }, [state]);
  const discard = (): void => replaceText(null, () => text.tookTheirs);
  const broken = state?.kind === 'answer' && state.value.faults.length > 0;
  return (
    <>
      <div className={styles.main}>
        {file === null ? (
          (failure ?? text.loading)
        ) : (
          <div className={styles.textEditor}>
            {!file.exists && <p className={styles.quiet}>{text.notThere(file.file)}</p>}
            {stale && <ChangedElsewhere draft={draft} file={file} />}
            <Suspense fallback={<SkeletonLines count={12} />}>
              <CodeEditor
                label={text.field(file.file)}
                value={value}
                onChange={(next) =>
                  changeSettings({
                    text: { value: next, base: draft?.base ?? file.text, savedOver: begun?.savedOver ?? null },
                  })
                }
                faults={faults}
                complete={(context) => completeToml(config, context)}
                explain={(view, at) => explainToml(config, view, at)}
              />
            </Suspense>
          </div>
        )}
      </div>
      <Side
        config={config}
        panel={
          <ChangePanel
            state={state}
            ofText
            onDiscard={discard}
            apply={
              <ActionButton
                action={saveConfigText}
                input={{ text: value, revision: file?.revision ?? config.revision }}
                label={changeWords.changes.save}
                look="primary"
                disabled={!touched || stale || isOlder || broken || state?.kind !== 'answer'}
                onDone={() => textSaved(value, file?.revision ?? config.revision)}
              />
            }
          />
        }
      />
    </>
  );
}
