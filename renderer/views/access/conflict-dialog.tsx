/** Entries that somebody else has changed since the draft was begun: mine, theirs, or both, one by one or all at once. */
import { useId, useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, changeDraft } from '../../store/access-draft.ts';
import { allConflicts, type ConflictChoice, conflictChoices, resolved } from '../../store/access-merge.ts';
import { useConsole, useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { failureText } from '../../words/failure-text.ts';
import { together } from '../../words/format.ts';
import styles from './conflict-dialog.module.css';
import { words } from './words.ts';

const text = words.conflicts;
/** The others are decided all at once. */
const mostShown = 100;

function mineOf(draft: AccessDraft, value: string): string {
  return together([
    ...draft.add.filter((entry) => entry.value === value).map((entry) => text.add(entry.list, entry.note)),
    ...draft.remove.filter((entry) => entry.value === value).map((entry) => text.remove(entry.list)),
  ]);
}

export interface ConflictDialogProps {
  readonly draft: AccessDraft;
  readonly preview: AccessPreview;
  readonly onClose: () => void;
}

export function ConflictDialog({ draft, preview, onClose }: ConflictDialogProps) {
  const id = useId();
  const [choices, setChoices] = useState<ReadonlyMap<string, ConflictChoice>>(new Map());
  const [rest, setRest] = useState<ConflictChoice>('both');
  const [failure, setFailure] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const { bridge } = useConsole();
  const now = useEngineSecond();
  const { conflicts, conflictCount } = preview;
  const choiceOf = (value: string): ConflictChoice => choices.get(value) ?? rest;
  const chooseAll = (choice: ConflictChoice): void => {
    setRest(choice);
    setChoices(new Map());
  };
  const take = async (): Promise<void> => {
    setTaking(true);
    setFailure(null);
    try {
      const known = await allConflicts(bridge, draft, preview);
      // What was added to the draft meanwhile is not decided here, and stays.
      changeDraft((latest) => resolved(latest, known, choiceOf));
      onClose();
    } catch (error) {
      setFailure(failureText(error));
      setTaking(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(conflictCount)}
      description={failure ?? text.text}
      footer={
        <>
          <span className={styles.all}>
            {conflictChoices.map((choice) => (
              <Button key={choice} small onClick={() => chooseAll(choice)}>
                {text.all[choice]}
              </Button>
            ))}
          </span>
          <Button onClick={onClose}>{text.later}</Button>
          <Button look="primary" disabled={taking} onClick={() => void take()}>
            {text.take}
          </Button>
        </>
      }
    >
      <ul className={styles.conflicts}>
        {conflicts.slice(0, mostShown).map(({ value, who, atMs, now: entries }) => (
          <li key={value}>
            <fieldset className={styles.conflict}>
              <legend className={styles.value}>{value}</legend>
              <div className={styles.side}>
                <span className={styles.label}>{text.mine}</span> {mineOf(draft, value)}
              </div>
              <div className={styles.side}>
                <span className={styles.label}>{text.theirs(who, shortMoment(atMs, now))}</span>{' '}
                {entries.length === 0
                  ? text.gone
                  : together(entries.map(({ list, origin, note }) => text.is(list, origin, note)))}
              </div>
              <div className={styles.choices}>
                {conflictChoices.map((choice) => (
                  <label key={choice} className={styles.choice}>
                    <input
                      type="radio"
                      aria-describedby={`${id}-${value}`}
                      name={`conflict ${value}`}
                      checked={choiceOf(value) === choice}
                      onChange={() => setChoices(new Map(choices).set(value, choice))}
                    />
                    {text.choices[choice]}
                  </label>
                ))}
              </div>
              <div id={`${id}-${value}`} className={styles.outcome}>
                {text.hints[choiceOf(value)]}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      {conflictCount > mostShown && <p>{text.more(conflictCount - mostShown, text.choices[rest])}</p>}
    </Dialog>
  );
}
