/** Every part in every state, one box each. */
import { Component, type ReactNode } from 'react';
import { ErrorBoundary } from '../parts/feedback/error-boundary.tsx';
import { ButtonStates, FieldStates } from './control-states.tsx';
import { EditorStates, FeedbackStates } from './feedback-states.tsx';
import { ChartStates, MarkStates, ProgressStates, StripStates } from './figure-states.tsx';
import styles from './gallery.module.css';

/** A view that cannot be drawn. */
class Broken extends Component {
  override render(): ReactNode {
    const fault = new Error('Cannot read the temperature of a connection that has none');
    fault.stack = `${fault.name}: ${fault.message}\n    at Broken (gallery.tsx)`;
    throw fault;
  }
}

function Crash() {
  return (
    <ErrorBoundary what="Connections">
      <Broken />
    </ErrorBoundary>
  );
}

const parts = {
  buttons: ButtonStates,
  fields: FieldStates,
  marks: MarkStates,
  progress: ProgressStates,
  strips: StripStates,
  charts: ChartStates,
  feedback: FeedbackStates,
  editors: EditorStates,
  crash: Crash,
} as const;

export function PartsPage() {
  return (
    <main className={styles.page}>
      {Object.entries(parts).map(([name, Part]) => (
        <section key={name} className={styles.part} data-part={name} aria-label={name}>
          <h2 className={styles.title}>{name}</h2>
          <Part />
        </section>
      ))}
    </main>
  );
}
