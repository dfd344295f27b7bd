/** The text of `access-lists.toml`: written for people, read as people write. */
import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml';
import { PhraseError } from '../base/phrase-error.ts';
import { nearestName } from '../config/nearest-name.ts';
import { TomlPositions } from '../config/toml-positions.ts';
import { type AccessListName, accessKey } from '../contract/access.ts';
import { type ContractIssue, issueAt } from '../contract/errors.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import type { AccessRecord } from './access-entry.ts';
import { type LineIssue, readTomlWithRepair } from './access-list-repair.ts';
import { isSingleAddress, parseIpRange } from './ip-range.ts';
import { noComments, readComments } from './list-comments.ts';

/** What the file says of an entry; `addedAtMs` is null where a person did not write it. */
export interface FileRecord extends Omit<AccessRecord, 'addedAtMs'> {
  readonly addedAtMs: number | null;
}

const sections: Readonly<Record<string, AccessListName>> = {
  white: 'white',
  whitelist: 'white',
  black: 'black',
  blacklist: 'black',
};
const entryKeys = ['ip', 'ips', 'note', 'origin', 'added', 'expires', 'hosts'];
const longestNote = 500;

type Path = readonly (string | number)[];

/** Where a reading puts what it finds. */
interface Reading {
  /** `section`: where its section is, as {@link ListComments} names it. */
  add(record: FileRecord, section: string): void;
  fault(path: Path, wrong: Phrase): void;
  /** The remark behind a value, on its line; empty when there is none. */
  remarkAt(path: Path): string;
  /** Lines were left out: what is missing may have stood there. */
  readonly incomplete: boolean;
}

/** A remark behind an address, which is in quotes. */
const remark = /["'][\s,\]}]*#+[ \t]*(\S.*?)\s*$/m;

/**
 * Reads `[[white]]` and `[[black]]` sections with `ip` or `ips`, or plain lists: `[black]` with `ips = [...]`, or
 * `black = [...]`. An entry without `origin` was written by hand, and a remark behind its address is its note. Faults
 * name their line; everything good is given.
 */
export function readAccessLists(text: string): {
  records: FileRecord[];
  issues: ContractIssue[];
  comments: EntryComments;
} {
  const { table, text: readText, issues: syntaxIssues } = readTomlWithRepair(text);
  const issues: LineIssue[] = [...syntaxIssues];
  const records = new Map<string, FileRecord>();
  let positions: TomlPositions | undefined;
  let lines: readonly string[] | undefined;
  const lineOf = (path: Path): number => {
    positions ??= new TomlPositions(readText);
    return positions.find(path)?.line ?? 1;
  };
  const hasRemarks = remark.test(readText);
  const found = issues.length > 0 ? noComments : readComments(readText, headingLines);
  const ofEntry = new Map<string, readonly string[]>();
  const carried = new Set<string>();
  const reading: Reading = {
    add(record, section) {
      const key = accessKey(record.list, record.origin, record.value);
      records.set(key, record);
      const comments = found.ofSection.get(section);
      // A section of several entries: the first one carries what stands above them.
      if (comments && !carried.has(section)) {
        carried.add(section);
        ofEntry.set(key, comments);
      }
    },
    fault: (path, wrong) => issues.push({ line: lineOf(path), wrong }),
    remarkAt(path) {
      if (!hasRemarks) {
        return '';
      }
      lines ??= readText.split('\n');
      return remark.exec(lines[lineOf(path) - 1] ?? '')?.[1]?.slice(0, longestNote) ?? '';
    },
    incomplete: syntaxIssues.length > 0,
  };
  for (const [name, value] of Object.entries(table)) {
    const list = Object.hasOwn(sections, name) ? sections[name] : undefined;
    if (list) {
      readList(value, name, list, reading);
    } else {
      reading.fault([name], phrase('list.not-here', { name, near: nearestName(name, Object.keys(sections)) }));
    }
  }
  issues.sort((a, b) => a.line - b.line);
  return {
    records: [...records.values()],
    issues: issues.map(({ line, wrong }) => issueAt(`line ${line}`, wrong)),
    comments: { head: found.head, ofEntry, tail: found.tail },
  };
}

function readList(value: TomlValue, name: string, list: AccessListName, reading: Reading): void {
  const said = { list, origin: 'file', note: '', addedAtMs: null, expiresAtMs: null } as const;
  for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
    const path = Array.isArray(value) ? [name, index] : [name];
    if (typeof item === 'string') {
      readEntry(item, path, name, said, reading);
    } else if (isTable(item)) {
      readSection(item, path, list, reading);
    } else {
      reading.fault(path, phrase('list.not-entry'));
    }
  }
}

const heading = `# Who may be dialled: the white and black lists of Hotpool Console.
#
# Edit this file as you like, also while the console runs: it is read again when it is saved. An entry needs no more than
#
#     [[black]]
#     ip = "192.0.2.0/24"
#
# or, for many at once, ips = ["192.0.2.1", "2001:db8::/32"]. note = "…" and expires = 2030-01-01T00:00:00Z are optional.
# A remark behind an address becomes its note. The console writes the whole file anew when the lists change there; comments
# above an entry stay with it.
`;
const headingLines: ReadonlySet<string> = new Set(heading.split('\n'));

/** What people wrote beside the entries. */
export interface EntryComments {
  readonly head: readonly string[];
  /** By {@link accessKey}: what stands above the entry. */
  readonly ofEntry: ReadonlyMap<string, readonly string[]>;
  readonly tail: readonly string[];
}

const without: EntryComments = { head: [], ofEntry: new Map(), tail: [] };

/** People's entries first: they are the ones that are read. */
export function printAccessLists(records: readonly AccessRecord[], comments: EntryComments = without): string {
  const above = (record: AccessRecord): string => {
    const lines = comments.ofEntry.get(accessKey(record.list, record.origin, record.value)) ?? [];
    return lines.map((line) => `\n${line}`).join('');
  };
  const hasComments = comments.ofEntry.size > 0;
  let people = '';
  let automatic = '';
  for (const record of records) {
    if (record.origin === 'automatic') {
      automatic += printRecord(record);
    } else {
      people += hasComments ? above(record) + printRecord(record) : printRecord(record);
    }
  }
  const apart = (lines: readonly string[]): string => (lines.length === 0 ? '' : `\n${lines.join('\n')}\n`);
  return heading + apart(comments.head) + people + automatic + apart(comments.tail);
}

function printRecord(record: AccessRecord): string {
  const note = record.note === '' ? '' : `note = ${quoted(record.note)}\n`;
  const expires = record.expiresAtMs === null ? '' : `expires = ${printTime(record.expiresAtMs)}\n`;
  const hosts = record.hosts === undefined ? '' : `hosts = [${record.hosts.map(quoted).join(', ')}]\n`;
  return `\n[[${record.list}]]\nip = "${record.value}"\n${note}origin = "${record.origin}"\nadded = ${printTime(record.addedAtMs)}\n${expires}${hosts}`;
}

/** A pasted list has one time of adding: it is put into words once. */
let lastTime = { ms: 0, text: new Date(0).toISOString() };

function printTime(ms: number): string {
  if (lastTime.ms !== ms) {
    lastTime = { ms, text: new Date(ms).toISOString() };
  }
  return lastTime.text;
}

/** A basic string of TOML is one of JSON, but for DEL and half surrogate pairs. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f');
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && Object.getPrototypeOf(value) === null;
}

function readSection(table: TomlTable, path: Path, list: AccessListName, reading: Reading): void {
  for (const key of Object.keys(table)) {
    if (!entryKeys.includes(key)) {
      reading.fault(
        [...path, key],
        phrase('list.unknown-key', { name: key, near: nearestName(key, entryKeys), names: entryKeys.join(', ') }),
      );
    }
  }
  const origin = table.origin ?? 'file';
  if (origin !== 'operator' && origin !== 'file' && origin !== 'automatic') {
    reading.fault([...path, 'origin'], phrase('list.origin'));
    return;
  }
  const note = table.note ?? '';
  if (typeof note !== 'string' || note.length > longestNote) {
    reading.fault([...path, 'note'], phrase('list.note', { most: longestNote }));
    return;
  }
  const addedAtMs = readTime(table.added);
  const expiresAtMs = readTime(table.expires);
  if (addedAtMs === undefined || expiresAtMs === undefined) {
    const key = addedAtMs === undefined ? 'added' : 'expires';
    reading.fault([...path, key], phrase('list.time', { key }));
    return;
  }
  if (origin === 'automatic' && expiresAtMs === null) {
    reading.fault(path, phrase('list.automatic-expires'));
    return;
  }
  const hosts = readHosts(table.hosts);
  if (hosts === null || (hosts !== undefined && origin !== 'automatic')) {
    reading.fault([...path, 'hosts'], phrase('list.hosts'));
    return;
  }
  const said = { list, origin, note, addedAtMs, expiresAtMs, ...(hosts && { hosts }) } as const;
  const { ip, ips } = table;
  if (ip === undefined && ips === undefined && !reading.incomplete) {
    reading.fault(path, phrase('list.no-ip'));
  }
  if (ip !== undefined) {
    readEntry(ip, [...path, 'ip'], path.join('.'), said, reading);
  }
  if (Array.isArray(ips)) {
    for (const [index, value] of ips.entries()) {
      readEntry(value, [...path, 'ips', index], path.join('.'), said, reading);
    }
  } else if (ips !== undefined) {
    reading.fault([...path, 'ips'], phrase('list.ips'));
  }
}

/** undefined: not said; null: not a list of names. */
function readHosts(written: TomlValue | undefined): readonly string[] | undefined | null {
  if (written === undefined) {
    return undefined;
  }
  return Array.isArray(written) && written.every((host) => typeof host === 'string') ? written : null;
}

function readEntry(
  value: TomlValue,
  path: Path,
  section: string,
  said: Omit<FileRecord, 'value'>,
  reading: Reading,
): void {
  if (typeof value !== 'string') {
    reading.fault(path, phrase('list.address-quoted'));
    return;
  }
  try {
    const range = parseIpRange(value.trim());
    if (said.origin === 'automatic' && !isSingleAddress(range)) {
      reading.fault(path, phrase('list.automatic-single'));
      return;
    }
    const note = said.note === '' && said.origin === 'file' ? reading.remarkAt(path) : said.note;
    reading.add({ ...said, note, value: range.text }, section);
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    reading.fault(path, error.phrase);
  }
}

/** null: not said; undefined: not a time. */
function readTime(value: TomlValue | undefined): number | null | undefined {
  if (value === undefined) {
    return null;
  }
  return value instanceof TomlDate && (value.isDateTime() || value.isDate()) ? value.getTime() : undefined;
}
