/** Keeps a fault of one view from taking the others along, and lets the operator copy what happened. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { copyText } from '../toast/copy-text.ts';
import { words } from '../words.ts';
import styles from './feedback.module.css';

const text = words.crash;

interface Props {
  /** What broke, for the title. */
  readonly what: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly stack: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, stack: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: Error, info: ErrorInfo): void {
    this.setState({ stack: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, stack } = this.state;
    if (!error) {
      return this.props.children;
    }
    const detail = `${error.stack ?? error.message}\n${stack}`.trim();
    return (
      <div className={styles.crash} role="alert">
        <h2>{text.title(this.props.what)}</h2>
        <p>{text.text}</p>
        <pre>{detail}</pre>
        <div className={styles.row}>
          <Button look="primary" onClick={() => this.setState({ error: null, stack: '' })}>
            {text.again}
          </Button>
          <Button onClick={() => copyText(detail)}>{text.copy}</Button>
        </div>
      </div>
    );
  }
}
