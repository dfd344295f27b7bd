/** On the overview of the demo: what is watched, its faults, and the way to a host of one's own. */
import { openDemoFaults, openOwnHost } from '../actions/demo-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { useIsPast, useSession } from '../store/use-console.ts';
import styles from './demo.module.css';
import { useDemo } from './use-demo.ts';
import { words } from './words.ts';

const text = words.bar;

function Bar() {
  const { picture } = useDemo();
  const isPast = useIsPast();
  // Of then nobody knows what it suffered from.
  const sick = isPast ? 0 : (picture?.faults ?? []).reduce((sum, { ips }) => sum + ips.length, 0);
  return (
    <section className={styles.bar} aria-label={text.title}>
      <p className={styles.barText}>
        <strong>{text.title}</strong> {text.text} {sick > 0 && <span className={styles.sick}>{text.sick(sick)}</span>}
      </p>
      <ActionButton action={openDemoFaults} input={undefined} small showIcon />
      <ActionButton action={openOwnHost} input={undefined} small showIcon />
    </section>
  );
}

export function DemoBar() {
  return useSession()?.mode === 'demo' ? <Bar /> : null;
}
