import styles from './ember.module.css';

/** The mark of the console: something that is kept hot. */
export function Ember() {
  return <span className={styles.ember} aria-hidden="true" />;
}
