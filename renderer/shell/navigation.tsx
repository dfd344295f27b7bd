/** The views that are there, by number. */
import { useKeyLabel } from '../actions/bindings.ts';
import { viewActions } from '../actions/view-actions.ts';
import { changesOf } from '../base/field-value.ts';
import { cx } from '../parts/class-names.ts';
import { Ember } from '../parts/ember/ember.tsx';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { isTextChanged, useSettingsDraft } from '../store/settings-draft.ts';
import { useDraftSize } from '../store/use-access-draft.ts';
import { useAlerts, useConfig, useView, useWarmUpRuns } from '../store/use-console.ts';
import { type ViewName, viewNames } from '../store/view-route.ts';
import { named } from '../words/format.ts';
import styles from './navigation.module.css';
import { words } from './words.ts';

/** Settings that wait to be applied, by their number; of a text that is edited nobody has counted them. */
function useSettingsBadge(): number | string {
  const keys = useConfig()?.keys;
  const typed = useSettingsDraft((draft) => draft.typed);
  const isText = useSettingsDraft(isTextChanged);
  return isText ? '•' : keys === undefined ? 0 : Object.keys(changesOf(keys, typed)).length;
}

/** What is going on in a view that is not open: running warm-ups, changes that wait, alerts that nobody has acknowledged. */
function useBadges(): Partial<Record<ViewName, number | string>> {
  const running = useWarmUpRuns().filter((run) => run.state === 'running').length;
  const firing = useAlerts().active.filter(({ state }) => state === 'firing').length;
  return { 'warm-up': running, access: useDraftSize(), alerts: firing, settings: useSettingsBadge() };
}

/** A bar of a hundred pixels has no room for more. */
const mostInBadge = 99;

function ViewKey({ view }: { readonly view: ViewName }) {
  const keys = useKeyLabel(viewActions[view]);
  return (
    <span className={styles.key} aria-hidden="true">
      <KeyCap label={keys} />
    </span>
  );
}

export function Navigation() {
  const current = useView();
  const badges = useBadges();
  return (
    <nav className={styles.nav} aria-label={words.navigation}>
      <div className={styles.brand}>
        <Ember />
        <span className={styles.brandName}>{words.product}</span>
      </div>
      <ul className={styles.views}>
        {viewNames.map((name) => {
          const {
            words: { label, hint },
            icon: Icon,
          } = viewActions[name];
          const badge = badges[name] ?? 0;
          return (
            <li key={name}>
              <a
                className={styles.view}
                href={`#/${name}`}
                aria-current={name === current ? 'page' : undefined}
                title={named(label, hint)}
              >
                <Icon className={styles.viewIcon} aria-hidden="true" />
                <span className={styles.viewName}>{label}</span>
                {badge !== 0 && (
                  <span className={cx(styles.badge, name === 'alerts' && styles.badBadge)} aria-hidden="true">
                    {typeof badge === 'number' && badge > mostInBadge ? `${mostInBadge}+` : badge}
                  </span>
                )}
                <ViewKey view={name} />
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
