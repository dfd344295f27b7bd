/** A pasted text, read by the engine: a short one as it is edited, of a long one the good lines at once. */
import { useEffect, useRef, useState } from 'react';
import type { AccessParsed } from '../../../core/contract/access.ts';
import { tell } from '../../parts/toast/toasts.tsx';
import { useConsole } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';
import { type FaultyLines, faultyLines } from './pasted-lines.ts';
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
  readonly repeated: number;
}

const nothingTaken: TakenIn = { entries: [], progress: null, unlisted: 0, repeated: 0 };

/** Takes in long texts, one after the other: their good lines, and gives what is left of them to mend. */
export function useIntake(onRest: (rest: FaultyLines) => void) {
  const { bridge } = useConsole();
  const [taken, setTaken] = useState<TakenIn>(nothingTaken);
  const closed = useRef(new AbortController());
  /** Of the text that came last. */
  const last = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  useEffect(() => {
    closed.current = new AbortController();
    return () => closed.current.abort();
  }, []);
  const read = async (long: string): Promise<void> => {
    const { signal } = closed.current;
    try {
      signal.throwIfAborted();
      const progressed = (done: number, of: number): void => setTaken((before) => ({ ...before, progress: done / of }));
      const found = await readEntries(bridge, long, progressed, signal);
      const faults = found.issues.filter(({ at }) => at.startsWith('line '));
      const beyond = Math.max(0, found.issues.length - mostLines);
      setTaken((before) => ({
        ...before,
        entries: [...before.entries, ...found.entries],
        unlisted: before.unlisted + found.unlisted + beyond,
        repeated: before.repeated + found.repeated,
      }));
      onRest(faultyLines(long, faults.slice(0, mostLines)));
    } catch (error) {
      if (!signal.aborted) {
        tell(
          'bad',
          () => words.bulk.notRead,
          () => failureText(error),
          { label: () => words.bulk.readAgain, run: () => take(long) },
        );
      }
    } finally {
      waiting.current -= 1;
      if (waiting.current === 0) {
        setTaken((before) => ({ ...before, progress: null }));
      }
    }
  };
  const take = (long: string): void => {
    waiting.current += 1;
    setTaken((before) => ({ ...before, progress: before.progress ?? 0 }));
    last.current = last.current.then(() => read(long));
  };
  return { taken, take, clear: () => setTaken(nothingTaken) };
}
