/** One request: the form, what came of the one that is shown, and those before it. */
import { useSentRequests } from '../../store/sent-requests.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { RequestPanel } from './request-form.tsx';
import styles from './requests.module.css';
import { SentList } from './sent-list.tsx';

export function OneWay() {
  const { entries, shown } = useSentRequests();
  const entry = entries.find(({ ticket }) => ticket === shown) ?? entries[0] ?? null;
  return (
    <div className={styles.one}>
      <RequestPanel entries={entries} />
      <OutcomePanel entry={entry} />
      <SentList entries={entries} shown={entry?.ticket ?? null} />
    </div>
  );
}
