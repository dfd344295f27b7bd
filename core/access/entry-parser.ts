/** Reads a pasted text of access-list entries. */

import { PhraseError } from '../base/phrase-error.ts';
import { atOnce, inTurns, type Pieces } from '../base/turns.ts';
import type { AccessParsed } from '../contract/access.ts';
import { type ContractIssue, issueAt } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import { type ImportedRow, readImport } from './import-formats.ts';
import { parseIpRange } from './ip-range.ts';

const longestNote = 500;
/** Beyond this many, further repetitions are counted and not listed. */
const mostRepeats = 100;
/** A few milliseconds of work. */
const rowsPerPiece = 2_000;
/** Beyond this many, further faults are counted and not listed: nobody reads them, and the answer has to cross a wire. */
const mostIssues = 1_000;
/**
 * A text with so many is no list of entries, and is not read further: each fault costs microseconds in which nothing else of
 * the engine runs.
 */
const mostFaults = 10_000;

/**
 * One or more entries a line, separated by commas or spaces; `#` begins a note, which belongs to every entry of its
 * line. JSON, CSV and TOML are known by their first words. Entries come back canonical, each value once (the first one
 * counts), in the order of the text. Faults name their line and, where a line has several entries, the entry; nothing of a
 * faulty line is taken, for `10.0.0.0/8 my net` may want to be a note. `firstLine` is the number of the text's first line, of a text that comes in pieces.
 */
export function parseAccessEntries(text: string, firstLine = 1): AccessParsed {
  return atOnce(parsing(text, firstLine));
}

/** The same, while everything else goes on. */
export function parseAccessEntriesInTurns(text: string, firstLine = 1): Promise<AccessParsed> {
  return inTurns(parsing(text, firstLine));
}

function* parsing(text: string, firstLine: number): Pieces<AccessParsed> {
  const entries: AccessParsed['entries'] = [];
  const issues: AccessParsed['issues'] = [];
  const repeats: AccessParsed['repeats'] = [];
  let repeated = 0;
  /** By list and value, the first line of it. */
  const seen = new Map<string, number>();
  const take = (entry: AccessParsed['entries'][number]): void => {
    const { line, list, value } = entry;
    const name = `${list ?? ''} ${value}`;
    const firstAt = seen.get(name);
    if (firstAt === undefined) {
      seen.set(name, line);
      entries.push(entry);
      return;
    }
    repeated += 1;
    if (repeats.length < mostRepeats) {
      repeats.push({ line, value, firstLine: firstAt });
    }
  };
  let unlisted = 0;
  const fault = (issue: ContractIssue): void => {
    if (issues.length < mostIssues) {
      issues.push(issue);
    } else {
      unlisted += 1;
    }
  };
  const whole = text.replace(/^\uFEFF/, '');
  const imported = firstLine === 1 ? readImport(whole) : null;
  for (const issue of imported?.issues ?? []) {
    fault(issue);
  }
  /** Of plain text: the line that is being read, and whether all of it is good. */
  const line = { number: 0, entries: [] as AccessParsed['entries'][number][], good: true };
  const endLine = (): void => {
    if (line.good) {
      line.entries.forEach(take);
    }
    line.entries = [];
    line.good = true;
  };
  let read = 0;
  for (const { at, value, note, ...said } of imported?.rows ?? readLines(whole, firstLine)) {
    read += 1;
    if (line.number !== said.line) {
      endLine();
      line.number = said.line;
    }
    if (read % rowsPerPiece === 0) {
      yield;
    }
    if (unlisted >= mostFaults - mostIssues) {
      issues.push(issueAt(at, phrase('paste.no-list', { most: mostFaults })));
      return { entries, repeats, repeated, issues };
    }
    if (note.length > longestNote) {
      fault(issueAt(at, phrase('paste.long-note', { length: note.length, most: longestNote })));
      continue;
    }
    try {
      const entry = { ...said, value: parseIpRange(value).text, note };
      if (imported) {
        take(entry);
      } else {
        line.entries.push(entry);
      }
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      fault(issueAt(at, error.phrase));
      line.good = false;
    }
  }
  endLine();
  if (unlisted > 0) {
    const after = `after line ${issues.at(-1)?.at.match(/\d+/)?.[0] ?? 1}`;
    issues.push(issueAt(after, phrase('paste.more-faults', { more: unlisted })));
  }
  return { entries, repeats, repeated, issues };
}

function* readLines(text: string, firstLine: number): Generator<ImportedRow> {
  for (const [index, lineText] of text.split(/\r\n|\n|\r/).entries()) {
    const line = firstLine + index;
    const hash = lineText.indexOf('#');
    const values = (hash === -1 ? lineText : lineText.slice(0, hash)).split(/[\s,]+/).filter((value) => value !== '');
    const note = hash === -1 ? '' : lineText.slice(hash + 1).trim();
    const isOne = values.length === 1 || note.length > longestNote;
    for (const [position, value] of (note.length > longestNote ? values.slice(0, 1) : values).entries()) {
      yield { line, at: isOne ? `line ${line}` : `line ${line}, entry ${position + 1}`, value, note };
    }
  }
}
