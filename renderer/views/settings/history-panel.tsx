/** Earlier versions of the file; one is put into the draft, where it is seen what going back to it would do. */
import { openConfigVersion } from '../../actions/config-actions.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeSettings } from '../../store/settings-draft.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { replaceText } from './replace-text.ts';
import styles from './settings.module.css';
import { useOfRevision } from './use-of-revision.ts';
import { words } from './words.ts';

const text = words.history;

export function HistoryPanel(props: {
  readonly revision: string;
  /** As it is on the disk; null before that is known. */
  readonly file: { readonly text: string } | null;
}) {
  const { revision, file } = props;
  const { value: history, failure } = useOfRevision('config.history', revision);
  const open = useAction(openConfigVersion);
  const obstacle = useObstacle(openConfigVersion);
  const nowMs = useEngineSecond();
  const look = (id: string): void =>
    void open({
      id,
      show: (value) => {
        changeSettings({ tab: 'text' });
        replaceText({ value, base: file?.text ?? value, savedOver: null }, () => text.shown);
      },
    });
  return (
    <Panel title={text.title}>
      {history === null ? (
        <p className={styles.quiet}>{failure ?? text.reading}</p>
      ) : history.versions.length === 0 ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <ul className={styles.versions}>
          {history.versions.map(({ id, savedAtMs, by, current, changed }) => {
            const at = shortMoment(savedAtMs, nowMs);
            return (
              <li key={id}>
                <span>{at}</span>
                <span className={styles.quiet}>
                  {text.by[by]}
                  {current && ` · ${text.current}`}
                </span>
                {!current && (
                  <Button
                    small
                    aria-label={text.open(at)}
                    title={obstacle ?? text.openHint}
                    obstacle={obstacle}
                    onClick={() => look(id)}
                  >
                    {text.openShort}
                  </Button>
                )}
                {changed.length > 0 && (
                  <span className={styles.versionKeys} title={changed.join('\n')}>
                    {text.changed(changed)}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
