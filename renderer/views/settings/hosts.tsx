/** The watched hosts: each `[[targets]]` as a line, added and changed in a form, with what that does before it is done. */
import { useEffect, useMemo, useState } from 'react';
import type { ConfigTarget } from '../../../core/contract/config.ts';
import { openOwnHost } from '../../actions/demo-actions.ts';
import { removeTarget, saveTarget } from '../../actions/target-actions.ts';
import { ActionButton, useEditObstacle } from '../../actions/use-action.tsx';
import { typedOf } from '../../base/field-value.ts';
import { Preview } from '../../config-edit/change-panel.tsx';
import editStyles from '../../config-edit/config-edit.module.css';
import { usePreview } from '../../config-edit/use-preview.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { Banner, Empty } from '../../parts/feedback/feedback.tsx';
import type { RunningConfig } from '../../store/config-store.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { draftOf, emptyTarget, faultsByKey, rebased, touchedOf, valuesOf } from '../../targets/target-draft.ts';
import { TargetForm } from '../../targets/target-form.tsx';
import styles from './settings.module.css';
import { words } from './words.ts';

const text = words.hosts;

/** What a dialog begins with, and of which revision that is. */
function openedAs({ revision }: RunningConfig, target: ConfigTarget | null) {
  return { revision, draft: target === null ? emptyTarget : draftOf(target) };
}

/** Of one host: its form, and what would come of it. */
function TargetDialog(props: {
  readonly config: RunningConfig;
  /** null: a new one. */
  readonly target: ConfigTarget | null;
  readonly onClose: () => void;
}) {
  const { config, target, onClose } = props;
  const [opened, setOpened] = useState(() => openedAs(config, target));
  const [draft, setDraft] = useState(opened.draft);
  const host = (draft.host ?? '').trim();
  const values = useMemo(
    () => (target === null ? valuesOf : touchedOf)(config.targetKeys, draft, opened.draft),
    [config.targetKeys, draft, opened, target],
  );
  const isUntouched = host === '' || (target !== null && Object.keys(values).length === 0);
  const proposal = isUntouched ? null : { changes: {}, targets: { set: [{ host, values }] } };
  const isStale = opened.revision !== config.revision;
  const goOn = (): void => {
    const now = openedAs(config, config.targets.find((one) => one.host === target?.host) ?? null);
    setDraft(rebased(draft, opened.draft, now.draft));
    setOpened(now);
  };
  const state = usePreview(proposal, config.revision);
  const preview = state?.kind === 'answer' ? state.value : null;
  const faults = useMemo(() => faultsByKey(preview?.faults ?? []), [preview]);
  const isTwice = target === null && config.targets.some((one) => one.host === host);
  return (
    <Dialog
      open
      onClose={onClose}
      title={target === null ? text.add : text.change(target.host)}
      description={text.where(config.file ?? '')}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <ActionButton
            action={saveTarget}
            input={{ host, values, revision: opened.revision }}
            look="primary"
            disabled={isStale || preview === null || preview.faults.length > 0 || preview.diff.length === 0 || isTwice}
            onDone={onClose}
          />
        </>
      }
    >
      {isStale && (
        <Banner tone="warn" actions={<Button onClick={goOn}>{text.goOn}</Button>}>
          <strong>{text.stale}</strong> {text.staleText}
        </Banner>
      )}
      <TargetForm
        keys={config.targetKeys}
        draft={draft}
        onChange={setDraft}
        faults={isTwice ? new Map([['host', text.twice(host)]]) : faults}
        named={target !== null}
      />
      {state?.kind === 'failed' && <p className={editStyles.faults}>{state.message}</p>}
      {preview !== null && preview.faults.length === 0 && preview.diff.length > 0 && !isTwice && (
        <div className={styles.foreseen}>
          <Preview preview={preview} ofText={false} />
        </div>
      )}
    </Dialog>
  );
}

function RemoveDialog(props: { readonly config: RunningConfig; readonly host: string; readonly onClose: () => void }) {
  const { config, host, onClose } = props;
  const state = usePreview({ changes: {}, targets: { remove: [host] } }, config.revision);
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.remove(host)}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <ActionButton
            action={removeTarget}
            input={{ host, revision: config.revision }}
            look="primary"
            disabled={state?.kind !== 'answer' || state.value.faults.length > 0}
            onDone={onClose}
          />
        </>
      }
    >
      {state?.kind === 'failed' && <p className={editStyles.faults}>{state.message}</p>}
      {state?.kind === 'answer' && <Preview preview={state.value} ofText={false} />}
    </Dialog>
  );
}

function keysOf({ values }: ConfigTarget): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} = ${typedOf(value)}`)
    .join(' · ');
}

export function Hosts({ config }: { readonly config: RunningConfig }) {
  const [open, setOpen] = useState<{ readonly target: ConfigTarget | null; readonly removes: boolean } | null>(null);
  const close = (): void => setOpen(null);
  const ofFile = config.file !== null;
  const obstacle = useEditObstacle();
  const edit = { obstacle, title: obstacle ?? undefined };
  const isAsked = useScreen((state) => state.addsHost);
  useEffect(() => {
    if (isAsked) {
      changeScreen({ addsHost: false });
      setOpen({ target: null, removes: false });
    }
  }, [isAsked]);
  return (
    <div className={styles.hosts}>
      {!ofFile && (
        <Empty
          title={text.demo}
          actions={<ActionButton action={openOwnHost} input={undefined} look="primary" showIcon />}
        >
          {text.demoText}
        </Empty>
      )}
      {ofFile && config.targets.length === 0 && <Empty title={text.none}>{text.noneText}</Empty>}
      {config.targets.length > 0 && (
        <table className={styles.keys}>
          <thead>
            <tr>
              <th scope="col">{text.columns.host}</th>
              <th scope="col">{text.columns.keys}</th>
              {ofFile && <th scope="col">{text.columns.acts}</th>}
            </tr>
          </thead>
          <tbody>
            {config.targets.map((target) => (
              <tr key={target.host}>
                <th scope="row">
                  <span className={styles.name}>{target.host}</span>
                </th>
                <td className={styles.targetKeys}>{keysOf(target) || text.defaults}</td>
                {ofFile && (
                  <td className={styles.acts}>
                    <Button
                      small
                      {...edit}
                      aria-label={text.change(target.host)}
                      onClick={() => setOpen({ target, removes: false })}
                    >
                      {text.edit}
                    </Button>
                    <Button
                      small
                      {...edit}
                      aria-label={text.remove(target.host)}
                      onClick={() => setOpen({ target, removes: true })}
                    >
                      {text.removeShort}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ofFile && (
        <div className={styles.add}>
          <Button look="primary" {...edit} onClick={() => setOpen({ target: null, removes: false })}>
            {text.add}
          </Button>
        </div>
      )}
      {open?.removes && open.target && <RemoveDialog config={config} host={open.target.host} onClose={close} />}
      {open && !open.removes && <TargetDialog config={config} target={open.target} onClose={close} />}
    </div>
  );
}
