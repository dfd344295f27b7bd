/** Something of the configuration that is asked for anew with each revision of it. */
import { useEffect, useState } from 'react';
import type { RequestInput, RequestOutput } from '../../../core/contract/index.ts';
import { useConsole } from '../../store/use-console.ts';

type Asked = 'config.text' | 'config.history' | 'config.presets';

interface Answer<Name extends Asked> {
  readonly revision: string;
  readonly output: RequestOutput<Name>;
}

/** What was known stays until the next answer, and while nobody answers; null before the first. */
export function useOfRevision<Name extends Asked>(
  name: Name,
  revision: string,
  againMs: number | null = null,
): RequestOutput<Name> | null {
  const { bridge } = useConsole();
  const [answer, setAnswer] = useState<Answer<Name> | null>(null);
  useEffect(() => {
    const ask = (): void => {
      bridge.request(name, {} as RequestInput<Name>).then(
        (output) => setAnswer({ revision, output }),
        () => undefined,
      );
    };
    ask();
    const timer = againMs === null ? undefined : setInterval(ask, againMs);
    return () => clearInterval(timer);
  }, [bridge, name, revision, againMs]);
  return answer?.output ?? null;
}
