/** Entries that the operator may not have meant, as the engine finds them, each with what to do about it. */
import type { AccessWords } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { type AccessDraft, changeDraft, entryKey, withoutAddition, withRemoval } from '../../store/access-draft.ts';
import { changeScreen } from '../../store/screen.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import styles from './tools.module.css';
import { useEditObstacle } from './use-edit-obstacle.ts';
import type { FoundEntries } from './use-foreseen.ts';
import { words } from './words.ts';

const text = words.findings;

/** One that is only in the draft goes out of it. */
function without(draft: AccessDraft, entry: AccessWords): AccessDraft {
  const addition = draft.add.find(
    ({ list, value, edits }) =>
      entry.origin === 'operator' && edits === undefined && list === entry.list && value === entry.value,
  );
  return addition ? withoutAddition(draft, addition) : withRemoval(draft, entry);
}

export function Findings({ found }: { readonly found: FoundEntries | null }) {
  const draft = useAccessDraft();
  const obstacle = useEditObstacle();
  if (found === null) {
    return <p className={styles.none}>{text.reading}</p>;
  }
  if (found.total === 0) {
    return <p className={styles.none}>{text.none}</p>;
  }
  const removed = new Set(draft.remove.map(entryKey));
  return (
    <div className={styles.scroll}>
      <table className={styles.records} aria-label={text.title}>
        <tbody>
          {found.findings.map((finding) => {
            const { kind, entry, fresh } = finding;
            return (
              <tr key={entryKey(entry)}>
                <td className={styles.kind}>
                  {text.kinds[kind]} {fresh && <span className={styles.soft}>{text.fresh}</span>}
                </td>
                <td className={styles.mono}>
                  <Button look="entry" onClick={() => changeScreen({ accessSearch: entry.value })}>
                    {entry.value}
                  </Button>
                </td>
                <td className={styles.because}>{text.because(finding)}</td>
                <td className={styles.act}>
                  {removed.has(entryKey(entry)) ? (
                    <span className={styles.soft}>{words.toBeRemoved}</span>
                  ) : entry.origin === 'config' ? (
                    <span className={styles.soft}>{text.inConfig}</span>
                  ) : (
                    <Button
                      look="link"
                      aria-label={text.removeOf(entry.value, entry.list)}
                      obstacle={obstacle}
                      title={obstacle ?? undefined}
                      onClick={() => changeDraft((before) => without(before, entry))}
                    >
                      {text.remove}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {found.total > found.findings.length && (
        <p className={styles.none}>{text.more(found.total - found.findings.length)}</p>
      )}
    </div>
  );
}
