/** The change of limits that a warm-up needs, as a diff, before it is made. */
import { useEffect, useState } from 'react';
import type { WarmUpPlan } from '../../../core/contract/warm-up.ts';
import { failureText } from '../../actions/action.ts';
import { updateConfig } from '../../actions/registry.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { useConsole } from '../../store/use-console.ts';
import { count } from '../../words/format.ts';
import { type LimitChange, limitsFor } from './limits.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

const text = words.raise;

type Changes = { readonly list: readonly LimitChange[] } | { readonly error: string } | null;

function useChanges(plan: WarmUpPlan | null): Changes {
  const { bridge } = useConsole();
  const [changes, setChanges] = useState<Changes>(null);
  useEffect(() => {
    let current = true;
    setChanges(null);
    if (plan) {
      bridge.request('config.get', {}).then(
        ({ keys }) => current && setChanges({ list: limitsFor(plan, keys) }),
        (error: unknown) => current && setChanges({ error: failureText(error) }),
      );
    }
    return () => {
      current = false;
    };
  }, [plan, bridge]);
  return changes;
}

function isOutside(value: number, [low, high]: readonly [number, number]): boolean {
  return value < low || value > high;
}

function Diff({ changes }: { readonly changes: readonly LimitChange[] }) {
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">{text.key}</th>
          <th scope="col">{text.now}</th>
          <th scope="col">{text.after}</th>
          <th scope="col">{text.recommended}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after, recommended }) => (
          <tr key={path}>
            <td className={styles.mono}>{path}</td>
            <td className={styles.before}>{count(before)}</td>
            <td className={styles.after}>{count(after)}</td>
            <td className={cx(recommended && isOutside(after, recommended) && styles.note)}>
              {recommended && text.range(...recommended, isOutside(after, recommended))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function RaiseLimits({ plan, onClose }: { readonly plan: WarmUpPlan | null; readonly onClose: () => void }) {
  const changes = useChanges(plan);
  const update = useAction(updateConfig);
  const obstacle = useObstacle(updateConfig);
  const list = changes && 'list' in changes ? changes.list : [];
  const apply = async (): Promise<void> => {
    if (await update(Object.fromEntries(list.map(({ path, after }) => [path, after])))) {
      onClose();
    }
  };
  return (
    <Dialog
      open={plan !== null}
      onClose={onClose}
      title={text.title}
      description={text.text(plan?.wanted ?? 0)}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" disabled={list.length === 0} obstacle={obstacle} onClick={() => void apply()}>
            {text.apply}
          </Button>
        </>
      }
    >
      {changes === null ? (
        text.reading
      ) : 'error' in changes ? (
        changes.error
      ) : list.length === 0 ? (
        text.nothing
      ) : (
        <Diff changes={list} />
      )}
    </Dialog>
  );
}
