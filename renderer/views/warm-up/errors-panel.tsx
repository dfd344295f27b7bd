import type { WarmUpRun } from '../../../core/contract/warm-up.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { count } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

/** The failures of a run by class, most frequent first, with one message of each. */
export function ErrorsPanel({ run }: { readonly run: WarmUpRun | null }) {
  const errors = [...(run?.errors ?? [])].sort((a, b) => b.count - a.count);
  const most = errors[0]?.count ?? 1;
  return (
    <Panel title={words.errors.title(run?.failed ?? 0)} className={styles.errors}>
      {errors.length === 0 ? (
        <Empty title={words.errors.none} />
      ) : (
        <ul className={styles.errorList}>
          {errors.map((group) => (
            <li key={group.class} className={styles.error}>
              <span>{errorClassWords[group.class]}</span>
              <span className={styles.errorBar}>
                <span style={{ width: `${(group.count / most) * 100}%` }} />
              </span>
              <span className={styles.errorCount}>{count(group.count)}</span>
              <span className={styles.example} title={group.example}>
                {words.errors.example} {group.example}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
