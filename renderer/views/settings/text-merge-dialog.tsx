/** Lines that were changed here and in the file, each otherwise: mine, theirs, or both, one by one or all at once. */
import { useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { conflictsIn, type MergeChoice, type MergePiece, mergeChoices, mergedText } from '../../store/text-merge.ts';
import styles from './text-merge-dialog.module.css';
import { words } from './words.ts';

const text = words.merge;

function Lines({ of, lines }: { readonly of: string; readonly lines: readonly string[] }) {
  return (
    <div className={styles.side}>
      <span className={styles.label}>{of}</span>
      {lines.length === 0 ? <em>{text.absent}</em> : <pre className={styles.lines}>{lines.join('\n')}</pre>}
    </div>
  );
}

export function TextMergeDialog(props: {
  readonly pieces: readonly MergePiece[];
  readonly onClose: () => void;
  readonly onTake: (text: string) => void;
}) {
  const { pieces, onClose, onTake } = props;
  const [choices, setChoices] = useState<ReadonlyMap<number, MergeChoice>>(new Map());
  const [rest, setRest] = useState<MergeChoice>('mine');
  const choiceOf = (number: number): MergeChoice => choices.get(number) ?? rest;
  const conflicts = conflictsIn(pieces);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={text.title(conflicts.length)}
      description={text.text}
      footer={
        <>
          <span className={styles.all}>
            {mergeChoices.map((choice) => (
              <Button
                key={choice}
                small
                onClick={() => {
                  setRest(choice);
                  setChoices(new Map());
                }}
              >
                {text.all[choice]}
              </Button>
            ))}
          </span>
          <Button onClick={onClose}>{text.later}</Button>
          <Button look="primary" onClick={() => onTake(mergedText(pieces, choiceOf))}>
            {text.take}
          </Button>
        </>
      }
    >
      <ul className={styles.conflicts}>
        {conflicts.map(({ line, mine, theirs }, number) => (
          <li key={`${line} ${mine.join('\n')}`}>
            <fieldset className={styles.conflict}>
              <legend className={styles.line}>{text.line(line)}</legend>
              <Lines of={text.mine} lines={mine} />
              <Lines of={text.theirs} lines={theirs} />
              <div className={styles.choices}>
                {mergeChoices.map((choice) => (
                  <label key={choice} className={styles.choice}>
                    <input
                      type="radio"
                      name={`conflict ${number}`}
                      checked={choiceOf(number) === choice}
                      onChange={() => setChoices(new Map(choices).set(number, choice))}
                    />
                    {text.choices[choice]}
                  </label>
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
