/** How old the figures on the screen are, in milliseconds, renewed each second; null before the first. */
import { useEffect, useState } from 'react';
import { useConsole } from './use-console.ts';

export function useFigureAge(): number | null {
  const { statistics } = useConsole();
  const [ageMs, setAgeMs] = useState<number | null>(null);
  useEffect(() => {
    const read = (): void => {
      const at = statistics.arrivedAt();
      setAgeMs(at === null ? null : Math.floor((performance.now() - at) / 1_000) * 1_000);
    };
    read();
    const timer = setInterval(read, 1_000);
    return () => clearInterval(timer);
  }, [statistics]);
  return ageMs;
}
