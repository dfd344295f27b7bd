/** Says at once when the engine is gone, and how old the figures are. */
import { useEffect, useState } from 'react';
import { reconnect, reload } from '../actions/page-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Banner } from '../parts/feedback/feedback.tsx';
import { useLink } from '../store/use-console.ts';
import { useFigureAge } from '../store/use-figure-age.ts';
import styles from './shell.module.css';
import { words } from './words.ts';

function useCountdown(until: number | null): number | null {
  const [leftMs, setLeftMs] = useState<number | null>(null);
  useEffect(() => {
    const read = (): void => setLeftMs(until === null ? null : Math.max(0, until - performance.now()));
    read();
    const timer = setInterval(read, 500);
    return () => clearInterval(timer);
  }, [until]);
  return leftMs;
}

export function LinkBanner() {
  const { phase, retryAt, fault } = useLink();
  const ageMs = useFigureAge();
  const leftMs = useCountdown(retryAt);
  if (phase === 'lost') {
    return (
      <Banner tone="bad" urgent actions={<ActionButton action={reconnect} input={undefined} small />}>
        <strong>{words.lostTitle}</strong> {words.lostText(ageMs)}{' '}
        <span className={styles.soft}>{leftMs === null ? words.lostTrying : words.lostNext(leftMs)}</span>
      </Banner>
    );
  }
  if (fault !== null) {
    return (
      <Banner tone="warn" actions={<ActionButton action={reload} input={undefined} small />}>
        <strong>{words.fault}</strong> {fault}
      </Banner>
    );
  }
  return null;
}
