/** From the demo to a host of the operator's own: its target, written and watched at once. */
import { useState } from 'react';
import { ContractError } from '../../core/contract/errors.ts';
import { attempt } from '../actions/action.ts';
import { watchOwnHost } from '../actions/demo-actions.ts';
import { failureText } from '../actions/failure-text.ts';
import { useObstacle } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { Dialog } from '../parts/dialog/dialog.tsx';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { useConfig, useConsole, useSession } from '../store/use-console.ts';
import { emptyTarget, faultsByKey, writtenOf } from '../targets/target-draft.ts';
import { TargetForm } from '../targets/target-form.tsx';
import { words } from './words.ts';

const text = words.own;

export function OwnHostDialog({ onClose }: { readonly onClose: () => void }) {
  const stores = useConsole();
  const config = useConfig();
  const session = useSession();
  const obstacle = useObstacle(watchOwnHost);
  const [draft, setDraft] = useState(emptyTarget);
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    try {
      const values = writtenOf(config?.targetKeys ?? [], draft);
      await attempt(watchOwnHost, stores, { host: draft.host ?? '', values });
      onClose();
    } catch (error) {
      const issues = error instanceof ContractError ? error.issues : [];
      setFaults(issues.length === 0 ? new Map([['', failureText(error)]]) : faultsByKey(issues));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      waits={config === null}
      title={text.title}
      description={text.text(session === null ? text.file : `${session.dataFolder}/hotpool.toml`)}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            look="primary"
            disabled={obstacle === null && (busy || (draft.host ?? '').trim() === '')}
            obstacle={obstacle}
            aria-busy={busy || undefined}
            onClick={() => void go()}
          >
            {text.go}
          </Button>
        </>
      }
    >
      {config === null ? (
        <SkeletonLines count={6} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (obstacle === null && !busy && (draft.host ?? '').trim() !== '') {
              void go();
            }
          }}
        >
          <TargetForm
            keys={config.targetKeys}
            draft={draft}
            onChange={(next) => {
              setDraft(next);
              setFaults(new Map());
            }}
            faults={faults}
            named={false}
          />
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}
