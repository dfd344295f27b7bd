/** What a connection was at the moment that is shown; its life, where that is known, goes on to its end below. */
import { useEffect, useSyncExternalStore } from 'react';
import { shownState } from '../base/shown-state.ts';
import { words as pastWords } from '../past/words.ts';
import { useConsole } from '../store/use-console.ts';
import { stateWords } from '../words/vocabulary.ts';
import styles from './connection-drawer.module.css';
import { Facts } from './facts.tsx';

export function Then({ id, hasLife }: { readonly id: number; readonly hasLife: boolean }) {
  const { connections, clock } = useConsole();
  useEffect(() => connections.retain(), [connections]);
  useSyncExternalStore(connections.frames.subscribe, connections.frames.version);
  const row = connections.row(id);
  const below = hasLife ? ` ${pastWords.connection.below}` : '';
  return (
    <>
      <p className={styles.sentence}>
        {row === undefined
          ? pastWords.connection.gone(clock.now())
          : pastWords.connection.lead(clock.now(), stateWords[shownState(row)], row.requests, row.errors)}
        {below}
      </p>
      {row && !hasLife && (
        <Facts life={{ ...row, engineStartedAtMs: 0, closedAtMs: null, reason: null }} explanation={null} />
      )}
    </>
  );
}
