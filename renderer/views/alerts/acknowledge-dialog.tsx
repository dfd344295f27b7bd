/** Says that somebody knows of an alert, and why it may stay. */
import { type FormEvent, useId, useRef, useState } from 'react';
import type { Alert } from '../../../core/contract/alerts.ts';
import { acknowledgeAlert } from '../../actions/alert-actions.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import fields from '../../parts/fields/fields.module.css';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { alertSentence } from '../../words/vocabulary.ts';
import styles from './alerts.module.css';
import { words } from './words.ts';

const text = words.acknowledge;

export function AcknowledgeDialog({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }) {
  const [reason, setReason] = useState(alert.acknowledged?.reason ?? '');
  const by = usePreferences((preferences) => preferences.operatorName);
  const [formId, reasonId, byId, missingId] = [useId(), useId(), useId(), useId()];
  const reasonField = useRef<HTMLInputElement>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const acknowledge = useAction(acknowledgeAlert);
  const obstacle = useObstacle(acknowledgeAlert);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (obstacle !== null || busy) {
      return;
    }
    if (reason.trim() === '') {
      setIsMissing(true);
      reasonField.current?.focus();
      return;
    }
    setBusy(true);
    const who = by.trim() === '' ? {} : { by: by.trim() };
    if (await acknowledge({ id: alert.id, reason: reason.trim(), ...who })) {
      onClose();
    } else {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      description={text.text(alertSentence(alert.rule, alert))}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            look="primary"
            disabled={obstacle === null && busy}
            obstacle={obstacle}
            title={obstacle ?? undefined}
            aria-busy={busy || undefined}
          >
            {text.submit}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={fields.field}>
          <label className={fields.label} htmlFor={reasonId}>
            {text.reason}
          </label>
          <input
            ref={reasonField}
            id={reasonId}
            className={fields.input}
            placeholder={text.reasonHint}
            maxLength={500}
            aria-invalid={isMissing}
            aria-describedby={isMissing ? missingId : undefined}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              setIsMissing(false);
            }}
          />
          {isMissing && (
            <span id={missingId} className={styles.missing} role="alert">
              {text.missing}
            </span>
          )}
        </div>
        <div className={fields.field}>
          <label className={fields.label} htmlFor={byId}>
            {text.by}
          </label>
          <input
            id={byId}
            className={fields.input}
            placeholder={text.byDefault}
            maxLength={80}
            value={by}
            onChange={(event) => changePreferences({ operatorName: event.target.value })}
          />
        </div>
      </form>
    </Dialog>
  );
}
