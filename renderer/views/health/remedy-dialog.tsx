/** A remedy that changes the configuration: what it changes and what that does, before it is applied. */
import type { Remedy } from '../../../core/contract/diagnosis.ts';
import { applyRemedy } from '../../actions/remedy-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Preview } from '../../config-edit/change-panel.tsx';
import { usePreview } from '../../config-edit/use-preview.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { useConfig } from '../../store/use-console.ts';
import styles from './diagnosis.module.css';
import { words } from './words.ts';

const text = words.remedy;

export function RemedyDialog({
  remedy,
  onClose,
  onApplied,
}: {
  readonly remedy: Extract<Remedy, { kind: 'config' }>;
  readonly onClose: () => void;
  readonly onApplied: () => void;
}) {
  const { changes } = remedy;
  const revision = useConfig()?.revision ?? null;
  const state = usePreview(revision === null ? null : { changes }, revision ?? '');
  const preview = state?.kind === 'answer' ? state.value : null;
  const number = preview === null || preview.faults.length > 0 ? 0 : preview.diff.length;
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <ActionButton
            action={applyRemedy}
            input={{ changes, revision: revision ?? '' }}
            label={changeWords.changes.apply(number)}
            look="primary"
            disabled={number === 0}
            onDone={() => {
              onApplied();
              onClose();
            }}
          />
        </>
      }
    >
      <div className={styles.preview} role="status">
        {state?.kind === 'failed' && `${text.failed} ${state.message}`}
        {(state === null || state.kind === 'asking') && text.looking}
        {preview && preview.faults.length + preview.diff.length === 0 && text.already}
        {preview && preview.faults.length + preview.diff.length > 0 && <Preview preview={preview} ofText={false} />}
      </div>
    </Dialog>
  );
}
