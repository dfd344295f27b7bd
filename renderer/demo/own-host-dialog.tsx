/** From the demo to a host of the operator's own: its target, written and watched at once. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { ContractError } from '../../core/contract/errors.ts';
import type { RequestInput } from '../../core/contract/index.ts';
import { attempt } from '../actions/action.ts';
import { watchOwnHost } from '../actions/demo-actions.ts';
import { useObstacle } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { Dialog } from '../parts/dialog/dialog.tsx';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { Checkbox } from '../parts/fields/checkbox.tsx';
import { useAnswer } from '../store/use-answer.ts';
import { useConfig, useConsole, useSession } from '../store/use-console.ts';
import { emptyTarget, faultsByKey, writtenOf } from '../targets/target-draft.ts';
import { TargetForm } from '../targets/target-form.tsx';
import { failureText } from '../words/failure-text.ts';
import styles from './demo.module.css';
import { words } from './words.ts';

const text = words.own;

const noFaults: ReadonlyMap<string, string> = new Map();
const pace = { quietMs: 250, againMs: null } as const;
/** The demo goes on meanwhile. */
const listedPace = { quietMs: 0, againMs: 2_000 } as const;

/** All that is wrong with the target, by key, a moment after it was typed. A host that is not typed yet is no fault. */
function useOwnFaults(target: RequestInput<'demo.checkOwn'>): ReadonlyMap<string, string> {
  const { bridge } = useConsole();
  const about = JSON.stringify(target);
  const ask = useMemo(() => {
    const asked = JSON.parse(about) as RequestInput<'demo.checkOwn'>;
    const isUntouched = asked.host === '' && Object.keys(asked.values ?? {}).length === 0;
    return isUntouched ? null : () => bridge.request('demo.checkOwn', asked);
  }, [bridge, about]);
  const { answer } = useAnswer(ask, pace);
  const last = useRef(noFaults);
  if (answer === null || answer.kind === 'failed') {
    last.current = noFaults;
  } else if (answer.kind === 'answer') {
    const faults = new Map(faultsByKey(answer.value.faults));
    if (target.host === '') {
      faults.delete('host');
    }
    last.current = faults;
  }
  return last.current;
}

/** What the demo would leave on the access lists; 0 before it is known. */
function useListed(): number {
  const { bridge } = useConsole();
  const ask = useCallback(() => bridge.request('demo.listed', {}), [bridge]);
  const { answer } = useAnswer(ask, listedPace);
  return answer?.kind === 'answer' ? answer.value.entries : 0;
}

export function OwnHostDialog({ onClose }: { readonly onClose: () => void }) {
  const stores = useConsole();
  const config = useConfig();
  const session = useSession();
  const obstacle = useObstacle(watchOwnHost);
  const [draft, setDraft] = useState(emptyTarget);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(noFaults);
  const [busy, setBusy] = useState(false);
  const host = (draft.host ?? '').trim();
  const target = { host, values: writtenOf(config?.targetKeys ?? [], draft) };
  const listed = useListed();
  const [drops, setDrops] = useState(true);
  const looked = useOwnFaults(target);
  const faults = refused.size > 0 ? refused : looked;
  const mayGo = !busy && host !== '' && faults.size === 0;
  const go = async (): Promise<void> => {
    setBusy(true);
    try {
      await attempt(watchOwnHost, stores, { ...target, dropListed: drops && listed > 0 });
      onClose();
    } catch (error) {
      const issues = error instanceof ContractError ? error.issues : [];
      setRefused(issues.length === 0 ? new Map([['', failureText(error)]]) : faultsByKey(issues));
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
            disabled={obstacle === null && !mayGo}
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
            if (obstacle === null && mayGo) {
              void go();
            }
          }}
        >
          <TargetForm
            keys={config.targetKeys}
            draft={draft}
            onChange={(next) => {
              setDraft(next);
              setRefused(noFaults);
            }}
            faults={faults}
            named={false}
          />
          {listed > 0 && (
            <div className={styles.listed}>
              <Checkbox label={text.listed(listed)} note={text.listedNote} checked={drops} onChange={setDrops} />
            </div>
          )}
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}
