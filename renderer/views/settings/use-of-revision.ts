/** Something of the configuration that is asked for anew with each revision of it. */
import { useEffect, useState } from 'react';
import type { RequestInput, RequestOutput } from '../../../core/contract/index.ts';
import { useConsole, useLink } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';

type Asked = 'config.text' | 'config.history' | 'config.presets';

export interface OfRevision<Name extends Asked> {
  /** The revision that was asked about last; null before the first answer. */
  readonly asked: string | null;
  /** What was known stays until the next answer, and while nobody answers; null before the first. */
  readonly value: RequestOutput<Name> | null;
  /** Why the last question had no answer; null when it had one. */
  readonly failure: string | null;
}

/** Asked again when the engine is back. */
export function useOfRevision<Name extends Asked>(
  name: Name,
  revision: string,
  againMs: number | null = null,
): OfRevision<Name> {
  const { bridge } = useConsole();
  const isLost = useLink().phase === 'lost';
  const [known, setKnown] = useState<OfRevision<Name>>({ asked: null, value: null, failure: null });
  useEffect(() => {
    if (isLost) {
      return;
    }
    let current = true;
    let questions = 0;
    const ask = (): void => {
      questions += 1;
      const mine = questions;
      const isNewest = (): boolean => current && mine === questions;
      bridge.request(name, {} as RequestInput<Name>).then(
        (value) => isNewest() && setKnown({ asked: revision, value, failure: null }),
        (error: unknown) =>
          isNewest() && setKnown(({ value }) => ({ asked: revision, value, failure: failureText(error) })),
      );
    };
    ask();
    const timer = againMs === null ? undefined : setInterval(ask, againMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [bridge, name, revision, againMs, isLost]);
  return known;
}
