/** An answer that is asked for again and again while it is looked at. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Paced } from '../base/paced.ts';
import { failureText } from '../words/failure-text.ts';
import { useConsole } from './use-console.ts';

export interface Polled<Value> {
  /** The last good answer; it stays while a newer one is asked for, and while none comes. null before the first. */
  readonly value: Value | null;
  /** Why the last question had no answer; null when it had one. */
  readonly failure: string | null;
  /** Asks at once. */
  readonly askAgain: () => void;
}

interface Answered<Value> {
  readonly value: Value | null;
  readonly failure: string | null;
}

/** While the past is played its moments go by faster than they can be asked about. */
const movedMs = 700;

/**
 * The last good answer to one question, kept while nobody looks: who comes back sees it at once, and sees it still when
 * the engine is lost. One for each console.
 */
export class LastAnswer<Value> {
  readonly #values = new WeakMap<object, Value>();

  of(stores: object): Value | null {
    return this.#values.get(stores) ?? null;
  }

  keep(stores: object, value: Value): void {
    this.#values.set(stores, value);
  }
}

/**
 * Asks at once, when `ask` becomes another, when another moment is shown, and each `everyMs` while the page can be seen.
 * A slow answer is waited for instead of being asked for twice, and what was wanted meanwhile is asked for then; one to an
 * older `ask` is dropped. With `last` the answer
 * outlives who asked.
 */
export function usePolled<Value>(ask: () => Promise<Value>, everyMs: number, last?: LastAnswer<Value>): Polled<Value> {
  const stores = useConsole();
  const { clock } = stores;
  const [answered, setAnswered] = useState<Answered<Value>>(() => ({ value: last?.of(stores) ?? null, failure: null }));
  const lookRef = useRef<() => void>(() => undefined);
  useEffect(() => {
    let current = true;
    let waiting = false;
    let wanted = false;
    const look = (): void => {
      if (waiting || document.hidden) {
        return;
      }
      waiting = true;
      wanted = false;
      ask()
        .then(
          (value) => {
            last?.keep(stores, value);
            if (current) {
              setAnswered({ value, failure: null });
            }
          },
          (error: unknown) => current && setAnswered(({ value }) => ({ value, failure: failureText(error) })),
        )
        .finally(() => {
          waiting = false;
          if (wanted && current) {
            look();
          }
        });
    };
    /** Now, or when the answer that is on its way has come: that one is of before. */
    const lookAnew = (): void => {
      wanted = waiting;
      look();
    };
    lookRef.current = lookAnew;
    look();
    const moved = new Paced(movedMs, lookAnew);
    const endMoves = clock.moved.subscribe(() => moved.ask());
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      current = false;
      clearInterval(timer);
      endMoves();
      moved.stop();
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask, everyMs, clock, stores, last]);
  const askAgain = useCallback(() => lookRef.current(), []);
  return { ...answered, askAgain };
}
