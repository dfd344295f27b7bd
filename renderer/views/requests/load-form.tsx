/** What a load run asks for, for how long, and how much at once. */
import type { WatchedHost } from '../../../core/contract/console-session.ts';
import { loadRunBounds } from '../../../core/contract/load-run.ts';
import { startLoad } from '../../actions/request-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { NumberField } from '../../parts/fields/number-field.tsx';
import { TextAreaField } from '../../parts/fields/text-area-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useSession } from '../../store/use-console.ts';
import { NoHost } from '../../targets/no-host.tsx';
import { changeLoadForm, jobOf, ownUrls, useLoadForm } from './load-form-state.ts';
import styles from './requests.module.css';
import { words } from './words.ts';

const text = words.load;
const methods = [
  { value: 'GET', label: 'GET' },
  { value: 'HEAD', label: 'HEAD' },
] as const;
const secondMs = 1_000;
const { durationMs, concurrency: atOnce, timeoutMs, urls: mostUrls } = loadRunBounds;

function LoadForm({ watched, isRunning }: { readonly watched: readonly WatchedHost[]; readonly isRunning: boolean }) {
  const form = useLoadForm();
  const { job, issue } = jobOf(form, watched, { ...text, onLine: words.form.onLine });
  return (
    <form className={styles.fields} noValidate onSubmit={(event) => event.preventDefault()}>
      <TextAreaField
        label={text.urls}
        value={form.urls ?? ownUrls(watched.slice(0, 1))}
        onChange={(urls) => changeLoadForm({ urls })}
        rows={4}
        hint={text.urlsHint(mostUrls)}
        issue={issue}
      />
      {watched.length > 1 && (
        <Button look="link" className={styles.all} onClick={() => changeLoadForm({ urls: ownUrls(watched) })}>
          {text.all}
        </Button>
      )}
      <Chips
        label={text.method}
        options={methods}
        value={form.method}
        onChange={(method) => changeLoadForm({ method })}
      />
      <div className={styles.pair}>
        <NumberField
          label={text.duration}
          value={form.durationS}
          onChange={(durationS) => changeLoadForm({ durationS })}
          min={durationMs.min / secondMs}
          max={durationMs.max / secondMs}
        />
        <NumberField
          label={text.timeout}
          value={form.timeoutS}
          onChange={(timeoutS) => changeLoadForm({ timeoutS })}
          min={timeoutMs.min / secondMs}
          max={timeoutMs.max / secondMs}
        />
      </div>
      <NumberField
        label={text.concurrency}
        value={form.concurrency}
        onChange={(concurrency) => changeLoadForm({ concurrency })}
        min={atOnce.min}
        max={atOnce.max}
        whole
        suffix={text.concurrencySuffix}
      />
      <ActionButton
        action={startLoad}
        // Without a job it is disabled.
        input={job ?? { urls: [] }}
        disabled={job === null || isRunning}
        label={text.run(form.durationS * secondMs)}
        type="submit"
        look="primary"
        className={styles.start}
        showIcon
      />
      {isRunning && <p className={styles.soft}>{text.running}</p>}
    </form>
  );
}

export function LoadFormPanel({ isRunning }: { readonly isRunning: boolean }) {
  const session = useSession();
  return (
    <Panel title={text.title} className={styles.form}>
      {session === null ? (
        <SkeletonLines count={8} />
      ) : session.hosts.length === 0 ? (
        <NoHost />
      ) : (
        <LoadForm watched={session.hosts} isRunning={isRunning} />
      )}
    </Panel>
  );
}
