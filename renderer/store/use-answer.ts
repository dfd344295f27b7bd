/** The answer to one question, which becomes another while the operator types. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureText } from '../words/failure-text.ts';

export type Answer<Value> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'failed'; readonly message: string };

const asking = { kind: 'asking' } as const;

export interface AnswerPace {
  /** The question is asked when it has rested for so long. */
  readonly quietMs: number;
  /** And again so long after each answer; null: once. */
  readonly againMs: number | null;
}

/**
 * `ask` is the question itself: it stays the same function while the question does; null: there is none. An answer counts
 * for its own question alone, however late it comes, and a slow one is waited for instead of being asked for twice.
 */
export function useAnswer<Value>(
  ask: (() => Promise<Value>) | null,
  { quietMs, againMs }: AnswerPace,
): { readonly answer: Answer<Value> | null; readonly askAgain: () => void } {
  const [answered, setAnswered] = useState<{ readonly to: typeof ask; readonly answer: Answer<Value> } | null>(null);
  const lookRef = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (ask === null) {
      return;
    }
    let current = true;
    let waiting = false;
    let wanted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = (answer: Answer<Value>): void => {
      waiting = false;
      if (!current) {
        return;
      }
      setAnswered({ to: ask, answer });
      if (wanted) {
        look();
      } else if (againMs !== null) {
        timer = setTimeout(look, againMs);
      }
    };
    const look = (): void => {
      wanted = waiting;
      if (waiting) {
        return;
      }
      clearTimeout(timer);
      waiting = true;
      ask().then(
        (value) => done({ kind: 'answer', value }),
        (error: unknown) => done({ kind: 'failed', message: failureText(error) }),
      );
    };
    lookRef.current = look;
    timer = setTimeout(look, quietMs);
    return () => {
      current = false;
      lookRef.current = () => undefined;
      clearTimeout(timer);
    };
  }, [ask, quietMs, againMs]);
  const askAgain = useCallback(() => lookRef.current(), []);
  if (ask === null) {
    return { answer: null, askAgain };
  }
  return { answer: answered?.to === ask ? answered.answer : asking, askAgain };
}
