/** Choose what to warm, see whether it fits, start. */
import { useEffect, useRef, useState } from 'react';
import type { WatchedHost } from '../../../core/contract/console-session.ts';
import { mostWarmUpDialsPerSecond, warmUpScenarioNames } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { startWarmUp } from '../../actions/warm-up-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Checkbox } from '../../parts/fields/checkbox.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { MultiSelectField } from '../../parts/fields/multi-select-field.tsx';
import { NumberField } from '../../parts/fields/number-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useSession } from '../../store/use-console.ts';
import { NoHost } from '../../targets/no-host.tsx';
import {
  changeForm,
  concurrencyOf,
  type WarmUpForm as Form,
  hostsOf,
  jobOf,
  scenarioForm,
  scenarioOf,
  useWarmUpForm,
} from './form-state.ts';
import { IpListDialog } from './ip-list-dialog.tsx';
import { PlanBox } from './plan-box.tsx';
import { usePlan } from './use-plan.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

const text = words.form;

/** "Warm up…" brings the operator here: the first field takes the focus. */
function useFocusOnRequest() {
  const ref = useRef<HTMLDivElement>(null);
  const wanted = useScreen((state) => state.focusWarmUpForm);
  useEffect(() => {
    if (wanted) {
      ref.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
      changeScreen({ focusWarmUpForm: false });
    }
  }, [wanted]);
  return ref;
}

/** A diagnosis brings the operator here: the form says what it would have warmed. */
function useWish(watched: readonly WatchedHost[]): void {
  const wish = useScreen((state) => state.warmUpWish);
  useEffect(() => {
    if (wish !== null) {
      const hosts = wish.host === null ? watched.map(({ host }) => host) : [wish.host];
      changeForm({ hosts, ...(wish.scenario === null ? {} : scenarioForm(wish.scenario, 'number')) });
      changeScreen({ warmUpWish: null });
    }
  }, [wish, watched]);
}

function Hosts({ watched, chosen }: { readonly watched: readonly WatchedHost[]; readonly chosen: readonly string[] }) {
  const ips = watched.filter(({ host }) => chosen.includes(host)).reduce((sum, host) => sum + host.ips, 0);
  return (
    <MultiSelectField
      label={text.hosts}
      values={chosen}
      options={watched.map(({ host, ips: of }) => ({ value: host, label: host, hint: text.hostHint(of) }))}
      onChange={(hosts) => changeForm({ hosts })}
      summary={text.someHosts}
      hint={text.hostHint(ips)}
      all={text.allHosts}
    />
  );
}

/** Which connections: one for each IP, a number, or one for each IP of a list. */
function Endpoints({ form, hosts, plan }: { form: Form; hosts: readonly string[]; plan: WarmUpPlan | null }) {
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Chips
        label={text.endpoints}
        options={[
          { value: 'all', label: text.allIps },
          { value: 'number', label: text.byNumber },
          { value: 'list', label: text.byList },
        ]}
        value={form.endpoints}
        onChange={(endpoints) => {
          changeForm({ endpoints });
          setEditing(endpoints === 'list' && form.list === null);
        }}
      />
      {form.endpoints === 'number' && (
        <NumberField
          label={text.number(hosts.length)}
          value={form.connections}
          onChange={(connections) => changeForm({ connections })}
          min={1}
          max={20_000}
          whole
        />
      )}
      {form.endpoints === 'list' && (
        <div className={styles.listed}>
          <Button small onClick={() => setEditing(true)}>
            {form.list === null ? text.paste : text.edit}
          </Button>
          <span>{form.list === null ? text.listEmpty : text.listed(form.list.read.ips.length)}</span>
        </div>
      )}
      <Checkbox
        label={text.onlyCold}
        note={plan === null ? undefined : text.warm(plan.warmIps)}
        checked={form.onlyCold}
        onChange={(onlyCold) => changeForm({ onlyCold })}
      />
      <IpListDialog open={editing} onClose={() => setEditing(false)} />
    </>
  );
}

function Manner({ form, hosts }: { readonly form: Form; readonly hosts: readonly string[] }) {
  return (
    <>
      <Chips
        label={text.scenario}
        options={warmUpScenarioNames.map((name) => ({ value: name, ...text.scenarios[name] }))}
        value={scenarioOf(form)}
        onChange={(name) => changeForm(scenarioForm(name, form.endpoints))}
      />
      <NumberField
        label={text.concurrency}
        value={form.concurrency}
        inForce={concurrencyOf(form, hosts.length)}
        onChange={(concurrency) => changeForm({ concurrency })}
        onClear={() => changeForm({ concurrency: null })}
        min={1}
        max={1_000}
        whole
        suffix={form.concurrency === null ? text.concurrencyDefault : text.concurrencySuffix}
      />
      <NumberField
        label={text.pace}
        value={form.dialsPerSecond}
        onChange={(dialsPerSecond) => changeForm({ dialsPerSecond })}
        onClear={() => changeForm({ dialsPerSecond: null })}
        min={1}
        max={mostWarmUpDialsPerSecond}
        whole
        placeholder={text.paceFree}
        suffix={text.paceSuffix}
      />
      <div className={styles.pair}>
        <NumberField
          label={text.timeout}
          value={form.timeoutS}
          onChange={(timeoutS) => changeForm({ timeoutS })}
          min={0.1}
          max={300}
        />
        <NumberField
          label={text.retries}
          value={form.retries}
          onChange={(retries) => changeForm({ retries })}
          min={0}
          max={10}
          whole
        />
      </div>
    </>
  );
}

/** As many IPs as connections: a list is dialled for each of several hosts. */
function isByIp({ endpoints }: Form, hosts: readonly string[]): boolean {
  return endpoints === 'all' || (endpoints === 'list' && hosts.length === 1);
}

function Fields({ watched }: { readonly watched: readonly WatchedHost[] }) {
  const form = useWarmUpForm();
  const ref = useFocusOnRequest();
  useWish(watched);
  const hosts = hostsOf(
    form,
    watched.map(({ host }) => host),
  );
  const job = jobOf(form, hosts);
  const { answer, askAgain } = usePlan(job);
  const plan = answer?.kind === 'answer' ? answer.value : null;
  const fits = plan?.fits ?? 0;
  const whole = plan !== null && fits === plan.wanted;
  return (
    <div className={styles.fields} ref={ref}>
      <Hosts watched={watched} chosen={hosts} />
      <Endpoints form={form} hosts={hosts} plan={plan} />
      <Manner form={form} hosts={hosts} />
      {answer !== null && (
        <PlanBox
          state={answer}
          listed={job?.ips?.length ?? null}
          isByIp={form.endpoints !== 'number'}
          onChanged={askAgain}
        />
      )}
      {job && (
        <div className={styles.startBar}>
          <ActionButton
            action={startWarmUp}
            input={job}
            label={text.start(fits, isByIp(form, hosts) && whole ? 'IP' : 'connection')}
            look="primary"
            className={styles.start}
            obstacle={fits > 0 ? null : text.notYet[answer?.kind ?? 'asking']}
            onDone={askAgain}
          />
        </div>
      )}
    </div>
  );
}

export function WarmUpForm() {
  const session = useSession();
  return (
    <Panel title={text.title} className={styles.form}>
      {session === null ? (
        <SkeletonLines count={8} />
      ) : session.hosts.length === 0 ? (
        <NoHost />
      ) : (
        <Fields watched={session.hosts} />
      )}
    </Panel>
  );
}
