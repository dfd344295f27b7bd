/** What would happen before it does: how much fits, what is in the way, and the change that would let the rest fit. */
import type { ConfigValue } from '../../../core/contract/config.ts';
import type { WarmUpHostPlan, WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import { updateConfig } from '../../actions/config-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { cx } from '../../parts/class-names.ts';
import { count } from '../../words/format.ts';
import { failureInWords } from '../../words/vocabulary.ts';
import { forbiddenOf } from './forbidden.ts';
import { LeftOutIps } from './left-out.tsx';
import styles from './plan-box.module.css';
import type { PlanState } from './use-plan.ts';
import { words } from './words.ts';

const text = words.plan;

function figure(value: ConfigValue): string {
  return typeof value === 'number' ? count(value) : String(value);
}

/** The change of limits as a diff; one click applies it to the running engine. Nothing is dialled by it. */
function LimitChanges({ plan, onChanged }: { readonly plan: WarmUpPlan; readonly onChanged: () => void }) {
  return (
    <div className={styles.changes}>
      <ul className={styles.diff} aria-label={text.changes}>
        {plan.changes.map(({ path, before, after }) => (
          <li key={path} className={styles.change} aria-label={text.change(path, figure(before), figure(after))}>
            <span className={styles.path}>{path.replace(/^pool\./, '')}</span>
            <del className={styles.before}>{figure(before)}</del>
            <span aria-hidden="true">→</span>
            <ins className={styles.after}>{figure(after)}</ins>
          </li>
        ))}
      </ul>
      <div className={styles.apply}>
        <ActionButton action={updateConfig} input={plan.changes} label={text.apply} small onDone={onChanged} />
        {plan.fitsAfterChanges < plan.wanted && text.partly(plan.fitsAfterChanges, plan.wanted)}
      </div>
    </div>
  );
}

function whyClipped({ clippedBy, error }: Pick<WarmUpHostPlan, 'clippedBy' | 'error'>): string | null {
  if (error) {
    return failureInWords(error);
  }
  return clippedBy && text.limit(clippedBy.key, clippedBy.limit, clippedBy.inUse);
}

/** Connections that find no place, those apart that an IP would get which is warm or being warmed. */
function missingOf({ ips, warmIps, comingIps, wanted, fits }: WarmUpHostPlan, isByIp: boolean): number {
  return isByIp ? Math.max(0, ips - warmIps - comingIps - fits) : wanted - fits;
}

/** Several hosts: what each gets, and why not more where that is not said already. */
function HostLines({ plan }: { readonly plan: WarmUpPlan }) {
  const said = whyClipped({ clippedBy: plan.clippedBy, error: null });
  return (
    <ul className={styles.hosts} aria-label={text.ofHosts}>
      {plan.hosts.map((host) => {
        const why = whyClipped(host);
        return (
          <li key={host.host} className={cx(why !== null && styles.hostClipped)} title={why ?? undefined}>
            <span className={styles.hostName}>{host.host}</span>
            <span>{text.ofHost(host.fits, host.wanted)}</span>
            {why !== null && why !== said && <span className={styles.why}>{why}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Forbidden({ plan }: { readonly plan: WarmUpPlan }) {
  const { ips, ejected, examples } = forbiddenOf(plan.hosts);
  return ips === 0 ? null : (
    <details className={styles.forbidden}>
      <summary>{text.forbidden(ips - ejected, ejected)}</summary>
      <LeftOutIps ips={ips} examples={examples} />
    </details>
  );
}

function Summary(props: { readonly plan: WarmUpPlan; readonly isByIp: boolean; readonly isShort: boolean }) {
  const { plan, isByIp, isShort } = props;
  const { wanted, fits, ips } = plan;
  const warm = plan.warmIps + plan.comingIps;
  const cold = ips - warm;
  if (plan.clippedBy === null) {
    return wanted === 0 && plan.warmIps > 0 ? text.nothing : text.fits(fits);
  }
  const { key, limit, inUse } = plan.clippedBy;
  const why = text.limit(key, limit, inUse);
  if (!isShort) {
    return `${text.warmAlready(cold, warm, plan.comingIps, Math.max(0, fits - cold))} ${why}`;
  }
  return (
    <>
      <strong>{text.clipped(fits, wanted)}</strong> {why}
      {isByIp && wanted > cold && ` ${text.warmOnes(warm)}`}
    </>
  );
}

/** A list is dialled for each of its hosts, whether the host has these addresses or not: that is said before. */
function NotOfHost({ plan }: { readonly plan: WarmUpPlan }) {
  return plan.hosts
    .filter(({ notOfHost }) => notOfHost > 0)
    .map(({ host, notOfHost }) => (
      <p key={host} className={styles.notOfHost}>
        {text.notOfHost(notOfHost, host)}
      </p>
    ));
}

/** `listed`: IPs of the job's own list; null: it has none. `isByIp`: one connection for each IP. */
export function PlanBox(props: {
  readonly state: PlanState;
  readonly isByIp: boolean;
  readonly listed: number | null;
  readonly onChanged: () => void;
}) {
  const { state, listed, isByIp, onChanged } = props;
  if (state.kind === 'asking') {
    return <div className={styles.plan} />;
  }
  if (state.kind === 'failed') {
    return (
      <div className={cx(styles.plan, styles.failed)} role="status">
        {text.failed} {state.message}
      </div>
    );
  }
  const plan = state.value;
  const isShort = plan.hosts.some((host) => missingOf(host, isByIp) > 0);
  const troubled = isShort || plan.hosts.some(({ error, clippedBy }) => error || clippedBy?.key === 'no-allowed-ip');
  return (
    <div className={cx(styles.plan, troubled && styles.clipped)}>
      <div role="status">
        {listed !== null && plan.hosts.length > 1 && <span>{text.product(listed, plan.hosts.length)} </span>}
        <Summary plan={plan} isByIp={isByIp} isShort={troubled} />
        <NotOfHost plan={plan} />
      </div>
      {plan.hosts.length > 1 && troubled && <HostLines plan={plan} />}
      <Forbidden plan={plan} />
      {isShort && plan.changes.length > 0 && <LimitChanges plan={plan} onChanged={onChanged} />}
    </div>
  );
}
