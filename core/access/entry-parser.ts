/** Reads a pasted text of access-list entries. */
import type { AccessParsed } from '../contract/access.ts';
import { parseIpRange } from './ip-range.ts';

const longestNote = 500;
/** Beyond this many, further faults are counted and not listed: nobody reads them, and the answer has to cross a wire. */
const mostIssues = 1_000;

/**
 * One or more entries a line, separated by commas or spaces; `#` begins a note, which belongs to every entry of its
 * line. Entries come back canonical, each value once (the first one counts), in the order of the text. Faults name their
 * line and, where a line has several entries, the entry; the good entries are given all the same.
 */
export function parseAccessEntries(text: string): AccessParsed {
  const entries: AccessParsed['entries'] = [];
  const issues: AccessParsed['issues'] = [];
  const seen = new Set<string>();
  let unlisted = 0;
  const fault = (at: string, message: string): void => {
    if (issues.length < mostIssues) {
      issues.push({ at, message });
    } else {
      unlisted += 1;
    }
  };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, lineText] of lines.entries()) {
    const line = index + 1;
    const hash = lineText.indexOf('#');
    const values = (hash === -1 ? lineText : lineText.slice(0, hash)).split(/[\s,]+/).filter((value) => value !== '');
    const note = hash === -1 ? '' : lineText.slice(hash + 1).trim();
    if (values.length > 0 && note.length > longestNote) {
      fault(`line ${line}`, `the note has ${note.length} characters: at most ${longestNote} are kept`);
      continue;
    }
    for (const [position, value] of values.entries()) {
      try {
        const canonical = parseIpRange(value).text;
        if (!seen.has(canonical)) {
          seen.add(canonical);
          entries.push({ line, value: canonical, note });
        }
      } catch (error) {
        if (!(error instanceof RangeError)) {
          throw error;
        }
        fault(values.length > 1 ? `line ${line}, entry ${position + 1}` : `line ${line}`, error.message);
      }
    }
  }
  if (unlisted > 0) {
    issues.push({ at: `after line ${issues.at(-1)?.at.match(/\d+/)?.[0] ?? 1}`, message: `${unlisted} more faults` });
  }
  return { entries, issues };
}
