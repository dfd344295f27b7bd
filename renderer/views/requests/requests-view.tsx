/** Send one request through the pool and see what became of it, or many for a time and see how fast they were. */
import { cx } from '../../parts/class-names.ts';
import tabs from '../../parts/tabs/tabs.module.css';
import { useViewPart } from '../../store/use-console.ts';
import { addressOf } from '../../store/view-route.ts';
import { LoadWay } from './load-way.tsx';
import { OneWay } from './one-way.tsx';
import styles from './requests.module.css';
import { words } from './words.ts';

const ways = {
  send: { word: () => words.ways.one, View: OneWay },
  load: { word: () => words.ways.load, View: LoadWay },
};
const names = ['send', 'load'] as const;

export function RequestsView() {
  const part = useViewPart();
  const chosen = part === 'load' ? 'load' : 'send';
  const { View } = ways[chosen];
  return (
    <div className={styles.view}>
      <nav className={cx(tabs.tabs, styles.ways)} aria-label={words.ways.label}>
        {names.map((name) => (
          <a
            key={name}
            className={cx(tabs.tab, name === chosen && tabs.chosen)}
            href={addressOf('requests', name)}
            aria-current={name === chosen ? 'page' : undefined}
          >
            {ways[name].word()}
          </a>
        ))}
      </nav>
      <View />
    </div>
  );
}
