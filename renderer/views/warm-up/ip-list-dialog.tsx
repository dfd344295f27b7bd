/** A pasted or imported list of IPs, read by the engine while it is edited, each fault on its line. */

import { type ChangeEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { ContractIssue } from '../../../core/contract/errors.ts';
import type { IpList } from '../../../core/contract/warm-up.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { LineEditor } from '../../parts/line-editor/line-editor.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { unseen } from '../../parts/unseen/unseen.ts';
import { type Answer, useAnswer } from '../../store/use-answer.ts';
import { useConsole } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';
import { named } from '../../words/format.ts';
import { issueInWords } from '../../words/told.ts';
import { whyInWords } from '../../words/vocabulary.ts';
import { changeForm, useWarmUpForm } from './form-state.ts';
import styles from './ip-list-dialog.module.css';
import { faultsOf } from './list-faults.ts';
import { words } from './words.ts';

const text = words.list;
const pace = { quietMs: 200, againMs: null } as const;
/** What the contract takes of a text. */
const mostCharacters = 4_000_000;

type Reading = Answer<IpList>;

function useReading(pasted: string): Reading | null {
  const { bridge } = useConsole();
  const ask = useCallback(() => bridge.request('warmUp.parseIps', { text: pasted }), [bridge, pasted]);
  return useAnswer(ask, pace).answer;
}

function Tally({ reading }: { readonly reading: Reading | null }) {
  if (reading === null || reading.kind === 'asking') {
    return text.reading;
  }
  if (reading.kind === 'failed') {
    return reading.message;
  }
  const read = reading.value;
  return (
    <>
      {text.formats[read.format]} · {text.good(read)}
      {read.forbidden.count > 0 && <span className={styles.warn}> · {text.forbidden(read.forbidden.count)}</span>}
      {read.issues.length > 0 && <span className={styles.bad}> · {text.bad(read.issues.length)}</span>}
    </>
  );
}

/** Faults that stand on no line of their own, and IPs that are forbidden. */
function Notes({ issues, read }: { readonly issues: readonly ContractIssue[]; readonly read: IpList | null }) {
  const forbidden = read?.forbidden.examples ?? [];
  if (issues.length + forbidden.length === 0) {
    return null;
  }
  return (
    <ul className={styles.notes}>
      {issues.map((issue) => (
        <li key={`${issue.at} ${issue.message}`} className={styles.bad}>
          {issueInWords(issue)}
        </li>
      ))}
      {forbidden.map(({ ip, why }) => (
        <li key={ip} className={styles.warn}>
          {named(ip, whyInWords(why))}
        </li>
      ))}
    </ul>
  );
}

function IpListBody({ onClose }: { readonly onClose: () => void }) {
  const [value, setValue] = useState(() => useWarmUpForm.getState().list?.text ?? '');
  const reading = useReading(value);
  const read = reading?.kind === 'answer' ? reading.value : null;
  const faults = useMemo(() => faultsOf(read?.issues ?? []), [read]);
  const fileRef = useRef<HTMLInputElement>(null);
  const onFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) {
      return;
    }
    if (file.size > mostCharacters) {
      tell('bad', () => text.tooLarge(file.name));
      return;
    }
    file.text().then(setValue, (error: unknown) => tell('bad', () => text.unreadable(file.name, failureText(error))));
  };
  const use = (): void => {
    if (read) {
      changeForm({ endpoints: 'list', list: { text: value, read } });
      onClose();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      description={text.text}
      footer={
        <>
          <span className={styles.tally} role="status">
            <Tally reading={reading} />
          </span>
          <input
            ref={fileRef}
            className={unseen}
            type="file"
            tabIndex={-1}
            aria-label={text.open}
            accept=".json,.csv,.txt,text/plain,text/csv,application/json"
            onChange={onFile}
          />
          <Button onClick={() => fileRef.current?.click()}>{text.open}</Button>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" disabled={read === null || read.ips.length === 0} onClick={use}>
            {text.use(read?.ips.length ?? 0)}
          </Button>
        </>
      }
    >
      <LineEditor
        label={text.field}
        value={value}
        onChange={setValue}
        issues={faults.byLine}
        lineName={text.onLine}
        placeholder={text.placeholder}
      />
      <Notes issues={faults.others} read={read} />
    </Dialog>
  );
}

export function IpListDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return open ? <IpListBody onClose={onClose} /> : null;
}
