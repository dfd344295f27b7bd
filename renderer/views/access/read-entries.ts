/** A pasted or imported text, read by the engine: a long one in pieces, so that neither side is held up by it. */
import type { AccessParsed } from '../../../core/contract/access.ts';
import type { ConsoleApi } from '../../../core/contract/index.ts';

const pieceLines = 4_000;
/** Faults beyond these are counted. */
const mostIssues = 1_000;
/** The same for lines that say what an earlier one says. */
const mostRepeats = 100;

export interface ReadEntries extends AccessParsed {
  /** Faults that are not listed. */
  readonly unlisted: number;
}

/** `onProgress`: lines read so far, of all. */
export async function readEntries(
  api: Pick<ConsoleApi, 'request'>,
  text: string,
  onProgress: (lines: number, of: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<ReadEntries> {
  const lines = text.split('\n');
  if (lines.length <= pieceLines || isStructured(text)) {
    return { ...(await api.request('access.parse', { text })), unlisted: 0 };
  }
  const entries = new Map<string, AccessParsed['entries'][number]>();
  const issues: AccessParsed['issues'] = [];
  const repeats: AccessParsed['repeats'] = [];
  let repeated = 0;
  let unlisted = 0;
  for (let at = 0; at < lines.length; at += pieceLines) {
    signal?.throwIfAborted();
    const piece = lines.slice(at, at + pieceLines).join('\n');
    const parsed = await api.request('access.parse', { text: piece, firstLine: at + 1 });
    repeated += parsed.repeated;
    repeats.push(...parsed.repeats);
    for (const entry of parsed.entries) {
      const { line, value, list = '' } = entry;
      const name = `${list} ${value}`;
      const known = entries.get(name);
      if (known) {
        repeated += 1;
        repeats.push({ line, value, firstLine: known.line });
      } else {
        entries.set(name, entry);
      }
    }
    for (const issue of parsed.issues) {
      const more = /^after line/.test(issue.at) ? Number.parseInt(issue.message, 10) : 1;
      if (issues.length < mostIssues && more === 1) {
        issues.push(issue);
      } else {
        unlisted += more;
      }
    }
    onProgress(Math.min(at + pieceLines, lines.length), lines.length);
  }
  return { entries: [...entries.values()], repeats: repeats.slice(0, mostRepeats), repeated, issues, unlisted };
}

/** JSON, TOML or CSV, which make sense only as a whole. */
function isStructured(text: string): boolean {
  const head = text.slice(0, 4_000).trimStart();
  const [first = ''] = head.split('\n');
  return /^[{[]/.test(head) || /^\s*\[\[?(white|black)/m.test(head) || /^[a-z" ]+[,;][a-z",; ]+$/i.test(first.trim());
}
