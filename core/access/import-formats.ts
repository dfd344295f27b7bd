/** Lists as other programs and this one export them: JSON, CSV, and the text of `access-lists.toml`. */
import { z } from 'zod';
import type { AccessListName } from '../contract/access.ts';
import { type ContractIssue, issueAt } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import { readAccessLists } from './access-list-format.ts';

/** One place where an address should stand. */
export interface ImportedRow {
  /** Counted from 1; 1 where the form has no lines. */
  readonly line: number;
  /** `line 3`, or `ipv4, entry 2`. */
  readonly at: string;
  readonly value: string;
  readonly note: string;
  /** Where the form says them. */
  readonly list?: AccessListName;
  readonly expiresAtMs?: number;
}

export interface Import {
  readonly rows: readonly ImportedRow[];
  readonly issues: readonly ContractIssue[];
}

const listNames: Readonly<Record<string, AccessListName>> = {
  white: 'white',
  whitelist: 'white',
  allow: 'white',
  black: 'black',
  blacklist: 'black',
  block: 'black',
};

/** null for plain text, one or more entries a line. */
export function readImport(text: string): Import | null {
  const start = text.trimStart();
  if (start.startsWith('{') || (start.startsWith('[') && !/^\[\[?\s*[a-z]/i.test(start))) {
    return readJson(text);
  }
  if (/^\s*(\[\[?\s*(white|black)(list)?\s*\]|(white|black)(list)?\s*=)/m.test(text)) {
    return readToml(text);
  }
  return readCsv(text);
}

const jsonListsSchema = z.union([z.array(z.unknown()), z.record(z.string(), z.array(z.unknown()))]);

/** `{ "ipv4": [], "ipv6": [] }`, lists by other names, or one list. */
function readJson(text: string): Import {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { rows: [], issues: [issueAt('line 1', phrase('paste.not-json', { message }))] };
  }
  const parsed = jsonListsSchema.safeParse(json);
  if (!parsed.success) {
    return {
      rows: [],
      issues: [issueAt('line 1', phrase('paste.json-shape', { example: '{ "ipv4": [], "ipv6": [] }' }))],
    };
  }
  const lists = Array.isArray(parsed.data) ? { list: parsed.data } : parsed.data;
  const rows: ImportedRow[] = [];
  const issues: ContractIssue[] = [];
  for (const [name, items] of Object.entries(lists)) {
    const list = listNames[name.toLowerCase()];
    for (const [index, item] of items.entries()) {
      const at = `${name}, entry ${index + 1}`;
      if (typeof item === 'string') {
        rows.push({ line: 1, at, value: item.trim(), note: '', ...(list && { list }) });
      } else {
        issues.push(issueAt(at, phrase('paste.text-in-quotes')));
      }
    }
  }
  return { rows, issues };
}

function readToml(text: string): Import {
  const { records, issues } = readAccessLists(text);
  const rows = records.map(({ list, value, note, expiresAtMs }) => ({
    line: 1,
    at: value,
    value,
    note,
    list,
    ...(expiresAtMs !== null && { expiresAtMs }),
  }));
  return { rows, issues };
}

const valueHeadings = ['value', 'ip', 'entry', 'address', 'cidr', 'network'];

/** A table whose first line names its columns, one of which holds the addresses; null when there is none. */
function readCsv(text: string): Import | null {
  const lines = text.split(/\r\n|\n|\r/);
  const headAt = lines.findIndex((line) => line.trim() !== '');
  const head = splitCsv(lines[headAt] ?? '').map((cell) => cell.trim().toLowerCase());
  const valueAt = head.findIndex((cell) => valueHeadings.includes(cell));
  if (valueAt === -1) {
    return null;
  }
  const [noteAt, listAt, expiresAt] = [head.indexOf('note'), head.indexOf('list'), head.indexOf('expires')];
  const rows: ImportedRow[] = [];
  const issues: ContractIssue[] = [];
  for (const [index, line] of lines.entries()) {
    if (index <= headAt || line.trim() === '') {
      continue;
    }
    const at = `line ${index + 1}`;
    const cells = splitCsv(line);
    const list = listNames[(cells[listAt] ?? '').trim().toLowerCase()];
    const expires = (cells[expiresAt] ?? '').trim();
    const expiresAtMs = expires === '' ? null : Date.parse(expires);
    if (expiresAtMs !== null && Number.isNaN(expiresAtMs)) {
      issues.push(issueAt(at, phrase('paste.not-time', { text: expires })));
      continue;
    }
    const value = (cells[valueAt] ?? '').trim();
    const note = (cells[noteAt] ?? '').trim();
    rows.push({
      line: index + 1,
      at,
      value,
      note,
      ...(list && { list }),
      ...(expiresAtMs !== null && { expiresAtMs }),
    });
  }
  return { rows, issues };
}

/** Cells of one line, by RFC 4180: a quoted one may hold the separator, and a quote twice is a quote. */
function splitCsv(line: string): string[] {
  const separator = line.includes(';') && !line.includes(',') ? ';' : ',';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quoted && character === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += character;
    }
  }
  return [...cells, cell];
}
