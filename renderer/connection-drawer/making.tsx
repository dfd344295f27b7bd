/** How the connection was made: the parts of it, as long as they took. */
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import { cx } from '../parts/class-names.ts';
import { milliseconds } from '../words/format.ts';
import styles from './connection-drawer.module.css';
import { Section } from './section.tsx';
import { words } from './words.ts';

const partNames = ['waitedMs', 'tcpMs', 'tlsMs', 'validationMs'] as const;

export function Making({ making }: Pick<ConnectionExplanation, 'making'>) {
  const parts = partNames.flatMap((name) => {
    const ms = making[name];
    return ms === null ? [] : [{ name, ms }];
  });
  const totalMs = parts.reduce((sum, { ms }) => sum + ms, 0);
  if (parts.length === 0) {
    return null;
  }
  return (
    <Section title={words.making} aside={making.readyAtMs === null ? undefined : words.total(totalMs)}>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ name, ms }) => (
          <span key={name} className={styles[name]} style={{ flexGrow: Math.max(ms, totalMs / 200) }} />
        ))}
      </div>
      <dl className={styles.parts}>
        {parts.map(({ name, ms }) => (
          <div key={name} className={styles.part}>
            <dt>
              <span className={cx(styles.swatch, styles[name])} aria-hidden="true" />
              {words.parts[name]}
            </dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
