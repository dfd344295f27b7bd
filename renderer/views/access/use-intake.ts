/** A pasted text, read by the engine: a short one as it is edited, of a long one the good lines at once. */
import { useEffect, useRef, useState } from 'react';
import type { AccessParsed } from '../../../core/contract/access.ts';
import { failureText } from '../../actions/failure-text.ts';
import { tell } from '../../parts/toast/toasts.tsx';
import { useConsole } from '../../store/use-console.ts';
import { faultyLines } from './pasted-lines.ts';
import { readEntries } from './read-entries.ts';
import { words } from './words.ts';

const quietMs = 150;
/** Lines that are edited one by one; what is longer is taken in. */
const mostLines = 500;
const nothing: AccessParsed = { entries: [], repeats: [], repeated: 0, issues: [] };
type Entries = AccessParsed['entries'];

/** What the engine makes of a short text, asked when the typing rests. */
export function useParsed(pasted: string): { parsed: AccessParsed; reading: boolean; failure: string | null } {
  const { bridge } = useConsole();
  const [state, setState] = useState({ text: '', parsed: nothing, failure: null as string | null });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      bridge.request('access.parse', { text: pasted }).then(
        (parsed) => current && setState({ text: pasted, parsed, failure: null }),
        (error: unknown) => current && setState({ text: pasted, parsed: nothing, failure: failureText(error) }),
      );
    }, quietMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, pasted]);
  return { parsed: state.parsed, failure: state.failure, reading: state.text !== pasted };
}

export function isLong(value: string): boolean {
  let lines = 1;
  for (let at = value.indexOf('\n'); at !== -1 && lines <= mostLines; at = value.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines > mostLines;
}

interface TakenIn {
  readonly entries: Entries;
  /** null: nothing is being read. */
  readonly progress: number | null;
  /** Faults of long texts that are not listed; their lines are left out. */
  readonly unlisted: number;
}

/** Takes in long texts: their good lines, and gives what is left of them to mend. */
export function useIntake(onRest: (rest: string) => void) {
  const { bridge } = useConsole();
  const [taken, setTaken] = useState<TakenIn>({ entries: [], progress: null, unlisted: 0 });
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const take = async (long: string): Promise<void> => {
    reading.current?.abort();
    const ours = new AbortController();
    reading.current = ours;
    setTaken((before) => ({ ...before, progress: 0 }));
    try {
      const progressed = (done: number, of: number): void => setTaken((before) => ({ ...before, progress: done / of }));
      const read = await readEntries(bridge, long, progressed, ours.signal);
      const rest = faultyLines(long, read.issues.filter(({ at }) => at.startsWith('line ')).slice(0, mostLines)).text;
      const beyond = Math.max(0, read.issues.length - mostLines);
      setTaken((before) => ({
        entries: [...before.entries, ...read.entries],
        progress: null,
        unlisted: before.unlisted + read.unlisted + beyond,
      }));
      onRest(rest);
    } catch (error) {
      if (!ours.signal.aborted) {
        setTaken((before) => ({ ...before, progress: null }));
        tell(
          'bad',
          () => words.bulk.notRead,
          () => failureText(error),
        );
      }
    }
  };
  return { taken, take, clear: () => setTaken({ entries: [], progress: null, unlisted: 0 }) };
}
