/** What runs, but is not recommended; each leads to its key. */
import type { Phrase } from '../../../core/contract/phrase.ts';
import { showConfigKey } from '../../actions/config-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { toldInWords } from '../../words/told.ts';
import styles from './settings.module.css';
import { words } from './words.ts';

export function WarningsPanel({ warnings }: { readonly warnings: readonly Phrase[] }) {
  return warnings.length === 0 ? null : (
    <Panel title={words.warnings.title(warnings.length)}>
      <ul className={styles.warnings}>
        {warnings.map((warning) => {
          const said = toldInWords(warning);
          const { path } = warning.gaps;
          return (
            <li key={said}>
              {said}{' '}
              {typeof path === 'string' && (
                <ActionButton action={showConfigKey} input={path} look="link" label={words.warnings.show} />
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
