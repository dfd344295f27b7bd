/** Entries that somebody else has changed since the draft was begun: mine, theirs, or both, one by one or all at once. */
import { useId, useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, accessDraft } from '../../store/access-draft.ts';
import { type ConflictChoice, conflictChoices, resolved } from '../../store/access-merge.ts';
import { timeOfDay, together } from '../../words/format.ts';
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
  const { conflicts } = preview;
  const choiceOf = (value: string): ConflictChoice => choices.get(value) ?? rest;
  const chooseAll = (choice: ConflictChoice): void => {
    setRest(choice);
    setChoices(new Map());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(conflicts.length)}
      description={text.text}
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
          <Button
            look="primary"
            onClick={() => {
              accessDraft.setState(resolved(draft, preview, choiceOf), true);
              onClose();
            }}
          >
            {text.take}
          </Button>
        </>
      }
    >
      <ul className={styles.conflicts}>
        {conflicts.slice(0, mostShown).map(({ value, who, atMs, now }) => (
          <li key={value}>
            <fieldset className={styles.conflict}>
              <legend className={styles.value}>{value}</legend>
              <div className={styles.side}>
                <span className={styles.label}>{text.mine}</span> {mineOf(draft, value)}
              </div>
              <div className={styles.side}>
                <span className={styles.label}>{text.theirs(who, timeOfDay(atMs))}</span>{' '}
                {now.length === 0
                  ? text.gone
                  : together(now.map(({ list, origin, note }) => text.is(list, origin, note)))}
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
      {conflicts.length > mostShown && <p>{text.more(conflicts.length - mostShown, text.choices[rest])}</p>}
    </Dialog>
  );
}
