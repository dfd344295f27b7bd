/** Note and expiry of one entry, or of many at once; what is left as it is stays. */
import { useMemo, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { TextField } from '../../parts/fields/text-field.tsx';
import { changeLongDraft, type Editable, editing } from '../../store/access-draft.ts';
import { useConsole, useEngineSecond } from '../../store/use-console.ts';
import { longMoment } from '../../words/dates.ts';
import styles from './edit-dialog.module.css';
import { type Expiry, expiresAt, expiries } from './expiry.ts';
import { words } from './words.ts';

const text = words.edit;
const longestNote = 500;

type Wish = Expiry | 'keep';

/** Of one that is on the list, when it came there. */
export type EditedEntry = Editable & { readonly addedAtMs?: number };

export interface EditDialogProps {
  readonly list: AccessListName;
  readonly entries: readonly EditedEntry[];
  readonly onClose: () => void;
}

/** Of several entries that say different things: undefined. */
function sharedBy<Value>(values: readonly Value[]): Value | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

export function EditDialog({ list, entries, onClose }: EditDialogProps) {
  const { clock } = useConsole();
  const now = useEngineSecond();
  const [first] = entries;
  const [shared] = useState(() => sharedBy(entries.map(({ origin, note }) => (origin === 'automatic' ? '' : note))));
  /** null: each keeps its own. */
  const [note, setNote] = useState<string | null>(shared ?? null);
  const [expiry, setExpiry] = useState<Wish>('keep');
  const others = useMemo(() => entries.filter(({ origin }) => origin !== 'operator').length, [entries]);
  const kept = useMemo(() => sharedBy(entries.map(({ expiresAtMs }) => expiresAtMs)), [entries]);
  const tooLong = note !== null && note.length > longestNote;
  const isSame = expiry === 'keep' && (note === null || note === shared);
  const stage = (): void => {
    if (tooLong || isSame) {
      return;
    }
    const edit = {
      ...(note !== null && note !== shared && { note: note.trim() }),
      ...(expiry !== 'keep' && { expiresAtMs: expiresAt(expiry, clock.now()) }),
    };
    changeLongDraft((draft) => editing(draft, entries, edit));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={entries.length === 1 && first ? text.title(first.value, list) : text.titleOf(entries.length, list)}
      description={text.text}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" type="submit" form="edit-entries" disabled={tooLong || isSame}>
            {text.stage}
          </Button>
        </>
      }
    >
      <form
        id="edit-entries"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          stage();
        }}
      >
        <TextField
          label={text.note}
          value={note ?? ''}
          placeholder={note === null ? text.ownNotes : ''}
          issue={tooLong ? text.tooLong(note.length, longestNote) : null}
          onChange={setNote}
        />
        <SelectField
          label={words.expires}
          value={expiry}
          options={[
            {
              value: 'keep',
              label:
                kept === undefined
                  ? text.ownExpiries
                  : kept === null
                    ? text.keptNever
                    : text.kept(longMoment(kept, now)),
            },
            ...expiries.map((value) => ({ value, label: words.expiries[value] })),
          ]}
          onChange={setExpiry}
        />
      </form>
      {others > 0 && <p className={styles.hint}>{text.becomesYours(others)}</p>}
      {entries.length === 1 && first?.addedAtMs !== undefined && (
        <p className={styles.hint}>{words.addedAt(longMoment(first.addedAtMs, now))}</p>
      )}
    </Dialog>
  );
}
