/** What is shown instead of the console when the host does not know this page's key: where it is, and a field for it. */
import { type FormEvent, useState } from 'react';
import { hasToken, keepToken, tokenIn } from '../bridge/access-token.ts';
import { Button } from '../parts/button/button.tsx';
import { Ember } from '../parts/ember/ember.tsx';
import { TextField } from '../parts/fields/text-field.tsx';
import styles from './refused-screen.module.css';
import { words } from './words.ts';

/** The address keeps the view and the moment that it names: with a key they are opened. */
function KeyForm() {
  const [pasted, setPasted] = useState('');
  const token = tokenIn(pasted);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (token !== null) {
      keepToken(window, token);
      location.reload();
    }
  };
  return (
    <form className={styles.key} onSubmit={open}>
      <TextField
        label={words.refusedField}
        value={pasted}
        onChange={setPasted}
        issue={pasted.trim() !== '' && token === null ? words.refusedNoKey : null}
      />
      <Button type="submit" look="primary" disabled={token === null}>
        {words.refusedOpen}
      </Button>
    </form>
  );
}

export function RefusedScreen() {
  return (
    <main className={styles.refused}>
      <div className={styles.refusedCard}>
        <Ember />
        <h1>{words.refusedTitle}</h1>
        {hasToken(window) && (
          <p className={styles.stale} role="alert">
            {words.refusedStale}
          </p>
        )}
        <p>{words.refusedText}</p>
        <code>{words.refusedExample}</code>
        <ol>
          {words.refusedSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <KeyForm />
      </div>
    </main>
  );
}
