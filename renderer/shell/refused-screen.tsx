/** What is shown instead of the console when the host does not know this page's key. */
import { Button } from '../parts/button/button.tsx';
import { Ember } from '../parts/ember/ember.tsx';
import styles from './refused-screen.module.css';
import { words } from './words.ts';

export function RefusedScreen() {
  return (
    <main className={styles.refused}>
      <div className={styles.refusedCard}>
        <Ember />
        <h1>{words.refusedTitle}</h1>
        <p>{words.refusedText}</p>
        <code>{words.refusedExample}</code>
        <ol>
          {words.refusedSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <Button onClick={() => location.reload()}>{words.refusedRetry}</Button>
      </div>
    </main>
  );
}
