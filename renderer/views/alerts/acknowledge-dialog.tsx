/** Says that somebody knows of an alert, and why it may stay. */
import { useId, useState } from 'react';
import type { Alert } from '../../../core/contract/alerts.ts';
import { acknowledgeAlert } from '../../actions/alert-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
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
  const [reasonId, byId] = [useId(), useId()];
  const who = by.trim() === '' ? {} : { by: by.trim() };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      description={text.text(alertSentence(alert.rule, alert))}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <ActionButton
            action={acknowledgeAlert}
            input={{ id: alert.id, reason: reason.trim(), ...who }}
            label={text.submit}
            look="primary"
            disabled={reason.trim() === ''}
            onDone={onClose}
          />
        </>
      }
    >
      <div className={styles.form}>
        <div className={fields.field}>
          <label className={fields.label} htmlFor={reasonId}>
            {text.reason}
          </label>
          <input
            id={reasonId}
            className={fields.input}
            placeholder={text.reasonHint}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
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
      </div>
    </Dialog>
  );
}
