/** Earlier versions of the file; a click puts one into the editor, where it is seen what going back to it would do. */
import { openConfigVersion } from '../../actions/config-actions.ts';
import { useAction } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { timeOfDay } from '../../words/format.ts';
import { changeSettings, replaceText } from './draft.ts';
import styles from './settings.module.css';
import { useOfRevision } from './use-of-revision.ts';
import { words } from './words.ts';

const text = words.history;

export function HistoryPanel({ revision }: { readonly revision: string }) {
  const { value: history, failure } = useOfRevision('config.history', revision);
  const { value: file } = useOfRevision('config.text', revision);
  const open = useAction(openConfigVersion);
  return (
    <Panel title={text.title}>
      {history === null ? (
        <p className={styles.quiet}>{failure ?? text.reading}</p>
      ) : history.versions.length === 0 ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <ul className={styles.versions}>
          {history.versions.map((version) => (
            <li key={version.id}>
              <Button
                look="entry"
                aria-label={text.open(version.savedAtMs)}
                onClick={() =>
                  void open({
                    id: version.id,
                    show: (value) => {
                      changeSettings({ tab: 'text' });
                      replaceText({ value, base: file?.text ?? value, savedOver: null }, () => text.shown);
                    },
                  })
                }
              >
                {timeOfDay(version.savedAtMs)}
              </Button>
              <span className={styles.quiet}>
                {text.by[version.by]}
                {version.current && ` · ${text.current}`}
              </span>
              <span className={styles.versionKeys} title={version.changed.join('\n')}>
                {text.changed(version.changed)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
