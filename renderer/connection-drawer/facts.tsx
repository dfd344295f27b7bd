/** What a connection is: its facts, each with its name. */
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { useAction } from '../actions/use-action.tsx';
import { inspectIp } from '../actions/view-actions.ts';
import { Button } from '../parts/button/button.tsx';
import { useConsole } from '../store/use-console.ts';
import styles from './connection-drawer.module.css';
import { lifeFacts } from './life-facts.ts';

export function Facts({ life, explanation }: Pick<HistoryLife, 'life' | 'explanation'>) {
  const { clock } = useConsole();
  const inspect = useAction(inspectIp);
  return (
    <dl className={styles.facts}>
      {lifeFacts(life, explanation, clock.now()).map(({ name, text, opensIp }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {opensIp ? (
              <Button look="entry" className={styles.mono} onClick={() => void inspect(life.ip)}>
                {text}
              </Button>
            ) : (
              text
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
