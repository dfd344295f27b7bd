/** The reference's three presets; a click puts one into the form, nothing is applied by it. */

import { useEditObstacle } from '../../actions/use-action.tsx';
import { typedOf } from '../../base/field-value.ts';
import { Button } from '../../parts/button/button.tsx';
import { SkeletonRows } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeSettings, useSettingsDraft } from '../../store/settings-draft.ts';
import styles from './settings.module.css';
import { useOfRevision } from './use-of-revision.ts';
import { words } from './words.ts';

const text = words.presets;
/** The measured rate moves slowly. */
const againMs = 10_000;

export function PresetsPanel({ revision }: { readonly revision: string }) {
  const { value: presets } = useOfRevision('config.presets', revision, againMs);
  const typed = useSettingsDraft((draft) => draft.typed);
  const obstacle = useEditObstacle();
  return (
    <Panel
      title={text.title}
      aside={
        presets?.requestsPerSecond === null || presets === null ? undefined : text.measured(presets.requestsPerSecond)
      }
    >
      {presets === null && <SkeletonRows count={3} height="var(--step)" />}
      <ul className={styles.presets}>
        {presets?.presets.map(({ name, values, diff }) => (
          <li key={name}>
            <Button
              small
              disabled={obstacle === null && diff.length === 0}
              obstacle={obstacle}
              title={obstacle ?? undefined}
              onClick={() =>
                changeSettings({
                  tab: 'form',
                  typed: {
                    ...typed,
                    ...Object.fromEntries(Object.entries(values).map(([path, value]) => [path, typedOf(value)])),
                  },
                })
              }
            >
              {text.names[name]}
            </Button>
            <span className={styles.quiet} title={diff.map(({ path }) => path).join('\n')}>
              {text.rates[name]}
              <br />
              {diff.length === 0 ? text.inForce : text.differs(diff.length)}
            </span>
            {presets.suggested === name && <strong className={styles.suggested}>{text.suggested}</strong>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
