/** One or a few entries by hand, on the draft with Enter; a pasted list opens the larger window. */
import ClipboardPaste from 'lucide-react/icons/clipboard-paste';
import CornerDownLeft from 'lucide-react/icons/corner-down-left';
import { useEffect, useId, useRef, useState } from 'react';
import { type AccessListName, accessKey } from '../../../core/contract/access.ts';
import { atOnce } from '../../base/slices.ts';
import { Button } from '../../parts/button/button.tsx';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { type AccessDraft, accessDraft, changeDraft, removedKeys } from '../../store/access-draft.ts';
import { additionOf, type FindEntry, type SaidEntry, saying } from '../../store/access-said.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useConsole } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';
import { faultInWords, issueInWords } from '../../words/told.ts';
import styles from './access.module.css';
import { type Expiry, expiresAt, expiries } from './expiry.ts';
import { useEditObstacle, useReadObstacle } from './use-edit-obstacle.ts';
import { words } from './words.ts';

/** Whether the lists or the draft say so already. */
function isSaid(said: SaidEntry, draft: AccessDraft, find: FindEntry): boolean {
  const addition = additionOf(said, find);
  return addition === null
    ? !removedKeys(draft).has(accessKey(said.list, 'operator', said.value))
    : draft.add.some(
        ({ list, value, note, expiresAtMs }) =>
          list === addition.list &&
          value === addition.value &&
          note === addition.note &&
          expiresAtMs === addition.expiresAtMs,
      );
}

export function AddBox({ list, onPaste }: { readonly list: AccessListName; readonly onPaste: (text: string) => void }) {
  const { bridge, access, clock } = useConsole();
  const issueId = useId();
  const [text, setText] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [issue, setIssue] = useState<string | null>(null);
  // While the engine is lost the field keeps what is written; it cannot be put on, for the engine reads it.
  const editObstacle = useEditObstacle();
  const obstacle = useReadObstacle();
  const fieldRef = useRef<HTMLInputElement>(null);
  const wantsFocus = useScreen(({ focusBlackList }) => focusBlackList && list === 'black');
  useEffect(() => {
    if (wantsFocus) {
      fieldRef.current?.focus();
      changeScreen({ focusBlackList: false });
    }
  }, [wantsFocus]);

  const submit = async (): Promise<void> => {
    if (text.trim() === '') {
      return;
    }
    if (obstacle !== null) {
      setIssue(obstacle);
      return;
    }
    try {
      const { entries, issues } = await bridge.request('access.parse', { text });
      const [first] = issues;
      if (first) {
        // There is one line here: its number says nothing.
        setIssue(issues.length === 1 && !text.trim().includes('\n') ? faultInWords(first) : issueInWords(first));
        return;
      }
      const expiresAtMs = expiry === 'never' ? undefined : expiresAt(expiry, clock.now());
      const said = entries.map(({ value, note }) => ({ list, value, note, expiresAtMs }));
      const find: FindEntry = (key) => access.entry(key);
      const [known] = entries;
      if (known && said.every((one) => isSaid(one, accessDraft.getState(), find))) {
        setIssue(words.already(known.value, list));
        return;
      }
      changeDraft((draft) => atOnce(saying(draft, said, find)));
      setText('');
      setIssue(null);
    } catch (error) {
      setIssue(failureText(error));
    }
  };

  return (
    <>
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={styles.addBox}>
          <input
            ref={fieldRef}
            className={styles.addInput}
            aria-label={words.add(list)}
            aria-invalid={issue !== null}
            aria-describedby={issue === null ? undefined : issueId}
            placeholder={editObstacle === null ? words.addPlaceholder : words.addOff}
            title={editObstacle ?? undefined}
            disabled={editObstacle !== null}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setIssue(null);
            }}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text');
              if (pasted.trim().includes('\n')) {
                event.preventDefault();
                if (obstacle === null) {
                  onPaste(pasted);
                } else {
                  setIssue(obstacle);
                }
              }
            }}
          />
          <Button
            type="submit"
            small
            look="quiet"
            className={styles.addKey}
            aria-label={words.addNow(list)}
            obstacle={obstacle}
            title={obstacle ?? words.addHint}
            icon={<CornerDownLeft aria-hidden="true" />}
          />
        </div>
        <SelectField
          label={words.expires}
          hideLabel
          value={expiry}
          options={expiries.map((value) => ({ value, label: words.expiries[value] }))}
          onChange={setExpiry}
          disabled={editObstacle !== null}
          className={styles.expiry}
        />
        <Button
          icon={<ClipboardPaste aria-hidden="true" />}
          aria-label={words.pasteTo(list)}
          obstacle={obstacle}
          title={obstacle ?? words.paste}
          onClick={() => onPaste(text)}
        />
      </form>
      {issue !== null && (
        <div id={issueId} className={styles.addIssue} role="alert">
          {issue}
        </div>
      )}
    </>
  );
}
