/** What to send, where to, and how long it may take. */
import { useEffect } from 'react';
import type { WatchedHost } from '../../../core/contract/console-session.ts';
import { methodsWithoutBody, requestBounds, requestMethods } from '../../../core/contract/requests.ts';
import { cancelRequest, sendRequest } from '../../actions/request-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { wholeIp } from '../../base/ip-key.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { NumberField } from '../../parts/fields/number-field.tsx';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { TextAreaField } from '../../parts/fields/text-area-field.tsx';
import { TextField } from '../../parts/fields/text-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { isInFlight, type SentEntry } from '../../store/sent-requests.ts';
import { useIpsOf, useSession } from '../../store/use-console.ts';
import { NoHost } from '../../targets/no-host.tsx';
import {
  changeRequestForm,
  draftOf,
  type RequestForm as Form,
  type FormIssues,
  formOf,
  hostOf,
  useRequestForm,
  withPath,
} from './form-state.ts';
import styles from './requests.module.css';
import { words } from './words.ts';

const text = words.form;
const methods = requestMethods.map((method) => ({ value: method, label: method }));
const priorities = ['interactive', 'background'] as const;
const secondMs = 1_000;

/** Whoever brings a request here finds it in the form. */
function useWish(): void {
  const wish = useScreen((state) => state.requestWish);
  useEffect(() => {
    if (wish !== null) {
      changeRequestForm(formOf(wish));
      changeScreen({ requestWish: null });
    }
  }, [wish]);
}

interface FieldsProps {
  readonly form: Form;
  readonly host: WatchedHost;
  readonly watched: readonly WatchedHost[];
  readonly issues: FormIssues;
}

function Target({ form, host, watched, issues }: FieldsProps) {
  return (
    <>
      <div className={styles.target}>
        <SelectField
          label={text.method}
          value={form.method}
          options={methods}
          onChange={(method) => changeRequestForm({ method })}
        />
        <SelectField
          label={text.host}
          value={host.host}
          options={watched.map((one) => ({ value: one.host, label: one.host }))}
          onChange={(chosen) => changeRequestForm({ host: chosen, path: null, ip: '' })}
        />
      </div>
      <TextField
        label={text.path}
        value={form.path ?? host.path}
        onChange={(typed) => changeRequestForm(withPath(typed, watched))}
        hint={text.pathHint}
        issue={issues.path ?? null}
      />
    </>
  );
}

function Content({ form, issues }: Pick<FieldsProps, 'form' | 'issues'>) {
  return (
    <>
      <TextAreaField
        label={text.headers}
        value={form.headers}
        onChange={(headers) => changeRequestForm({ headers })}
        rows={3}
        hint={text.headersHint}
        issue={issues.headers ?? null}
        placeholder="Accept: application/json"
      />
      {!methodsWithoutBody.includes(form.method) && (
        <TextAreaField
          label={text.body}
          value={form.body}
          onChange={(body) => changeRequestForm({ body })}
          rows={5}
          hint={text.bodyHint}
          issue={issues.body ?? null}
        />
      )}
    </>
  );
}

function Manner({ form, host, issues }: FieldsProps) {
  const ips = useIpsOf(host.host);
  const ip = wholeIp(form.ip.trim());
  const isForeign = issues.ip === undefined && ip !== null && ips.length > 0 && !ips.includes(ip);
  const { min, max } = requestBounds.timeoutMs;
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={text.ip}
          value={form.ip}
          onChange={(ip) => changeRequestForm({ ip })}
          suggestions={ips}
          placeholder={text.ipAny}
          hint={isForeign ? text.ipForeign : undefined}
          issue={issues.ip ?? null}
        />
        <NumberField
          label={text.timeout}
          value={form.timeoutS}
          onChange={(timeoutS) => changeRequestForm({ timeoutS })}
          min={min / secondMs}
          max={max / secondMs}
        />
      </div>
      <Chips
        label={text.priority}
        options={priorities.map((value) => ({
          value,
          label: text.priorities[value],
          hint: text.priorityHints[value],
        }))}
        value={form.priority}
        onChange={(priority) => changeRequestForm({ priority })}
      />
    </>
  );
}

function RequestForm(props: {
  readonly watched: readonly WatchedHost[];
  readonly host: WatchedHost;
  readonly inFlight: SentEntry | null;
}) {
  const { watched, host, inFlight } = props;
  const form = useRequestForm();
  useWish();
  const { draft, issues } = draftOf(form, host, text);
  const fields = { form, host, watched, issues };
  return (
    <form className={styles.fields} noValidate onSubmit={(event) => event.preventDefault()}>
      <Target {...fields} />
      <Manner {...fields} />
      <Content form={form} issues={issues} />
      <div className={styles.send}>
        <ActionButton
          action={sendRequest}
          // Without a draft it is disabled.
          input={draft ?? { url: '' }}
          disabled={draft === null || inFlight !== null}
          type="submit"
          look="primary"
          className={styles.start}
          showIcon
        />
        {inFlight !== null && <ActionButton action={cancelRequest} input={inFlight.ticket} className={styles.start} />}
      </div>
    </form>
  );
}

export function RequestPanel({ entries }: { readonly entries: readonly SentEntry[] }) {
  const session = useSession();
  const chosen = useRequestForm((form) => form.host);
  const host = session && hostOf({ host: chosen }, session.hosts);
  return (
    <Panel title={text.title} className={styles.form}>
      {session === null ? (
        <SkeletonLines count={8} />
      ) : host === null ? (
        <NoHost />
      ) : (
        <RequestForm watched={session.hosts} host={host} inFlight={entries.find(isInFlight) ?? null} />
      )}
    </Panel>
  );
}
