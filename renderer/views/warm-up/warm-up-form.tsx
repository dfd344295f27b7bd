/** Choose what to warm, see whether it fits, start. */
import { useEffect, useRef, useState } from 'react';
import { type WarmUpPlan, warmUpScenarioNames } from '../../../core/contract/warm-up.ts';
import { startWarmUp } from '../../actions/registry.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { NumberField } from '../../parts/fields/number-field.tsx';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useSession } from '../../store/use-console.ts';
import { changeForm, ipsLeftOut, jobOf, scenarioForm, scenarioOf, useWarmUpForm } from './form-state.ts';
import { RaiseLimits } from './raise-limits.tsx';
import { type PlanState, usePlan } from './use-plan.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

const text = words.form;

function PlanLine({
  state,
  leftOut,
  onRaise,
}: {
  readonly state: PlanState;
  /** IPs that are not dialled because of the access lists. */
  readonly leftOut: number;
  readonly onRaise: (plan: WarmUpPlan) => void;
}) {
  if (state.kind === 'asking') {
    return <div className={styles.plan} />;
  }
  if (state.kind === 'failed') {
    return (
      <div className={cx(styles.plan, styles.planFailed)} role="status">
        {words.plan.failed} {state.message}
      </div>
    );
  }
  const { plan } = state;
  const { clippedBy } = plan;
  return (
    <div className={cx(styles.plan, clippedBy && styles.planClipped)} role="status">
      {clippedBy === null ? (
        words.plan.fits(plan.wanted)
      ) : (
        <>
          <strong>{words.plan.clipped(plan.fits, plan.wanted)}</strong>{' '}
          {words.plan.limit(clippedBy.key, clippedBy.limit, clippedBy.inUse)}{' '}
          {clippedBy.key !== 'no-allowed-ip' && (
            <Button look="link" onClick={() => onRaise(plan)}>
              {words.plan.raise}
            </Button>
          )}
        </>
      )}
      {leftOut > 0 && plan.fits > 0 && ` ${words.plan.leftOut(leftOut)}`}
    </div>
  );
}

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

export function WarmUpForm() {
  const session = useSession();
  const form = useWarmUpForm();
  const ref = useFocusOnRequest();
  const [raising, setRaising] = useState<WarmUpPlan | null>(null);
  const hosts = session?.hosts ?? [];
  const host = hosts.find((entry) => entry.host === form.host) ?? hosts[0];
  const job = host ? jobOf(form, host.host) : null;
  const plan = usePlan(job);
  const planned = plan.kind === 'plan' ? plan.plan : null;
  const wanted = form.allIps ? (planned?.ips ?? host?.ips ?? 0) : form.connections;
  const clipped = planned !== null && planned.clippedBy !== null;

  return (
    <Panel title={text.title} className={styles.form}>
      {session === null ? (
        <SkeletonLines count={8} />
      ) : host === undefined || job === null ? (
        <Empty title={text.title}>{text.noHosts}</Empty>
      ) : (
        <div className={styles.fields} ref={ref}>
          <SelectField
            label={text.host}
            value={host.host}
            options={hosts.map((entry) => ({ value: entry.host, label: entry.host, hint: text.hostHint(entry.ips) }))}
            onChange={(value) => changeForm({ host: value })}
          />
          <Chips
            label={text.endpoints}
            options={[
              { value: 'all', label: text.allIps },
              { value: 'number', label: text.byNumber },
            ]}
            value={form.allIps ? 'all' : 'number'}
            onChange={(value) => changeForm({ allIps: value === 'all' })}
          />
          <NumberField
            label={text.number}
            value={wanted}
            onChange={(value) => changeForm({ connections: value })}
            min={1}
            max={20_000}
            disabled={form.allIps}
          />
          <Chips
            label={text.scenario}
            options={warmUpScenarioNames.map((name) => ({ value: name, ...text.scenarios[name] }))}
            value={scenarioOf(form)}
            onChange={(name) => changeForm(scenarioForm(name))}
          />
          <NumberField
            label={text.concurrency}
            value={form.concurrency}
            onChange={(value) => changeForm({ concurrency: value })}
            min={1}
            max={1_000}
            suffix={text.concurrencySuffix}
          />
          <NumberField
            label={text.timeout}
            value={form.timeoutS}
            onChange={(value) => changeForm({ timeoutS: value })}
            min={0.1}
            max={300}
            suffix={text.timeoutSuffix}
          />
          <NumberField
            label={text.retries}
            value={form.retries}
            onChange={(value) => changeForm({ retries: value })}
            min={0}
            max={10}
            suffix={text.retriesSuffix}
          />
          <PlanLine
            state={plan}
            leftOut={planned === null ? 0 : ipsLeftOut(form, planned, host.ips)}
            onRaise={setRaising}
          />
          <ActionButton
            action={startWarmUp}
            input={job}
            label={text.start(planned?.fits ?? 0, form.allIps && !clipped)}
            look="primary"
            className={styles.start}
            disabled={planned === null || planned.fits === 0}
          />
        </div>
      )}
      <RaiseLimits plan={raising} onClose={() => setRaising(null)} />
    </Panel>
  );
}
