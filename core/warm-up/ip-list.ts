/** A pasted or imported list of IPs: JSON, CSV or text, told apart by what stands there. */
import { canonicalIp } from '../access/ip-range.ts';
import { PhraseError } from '../base/phrase-error.ts';
import { atOnce, inTurns, type Pieces } from '../base/turns.ts';
import { issueAt } from '../contract/errors.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import type { IpList } from '../contract/warm-up.ts';
import { mostWarmUpConnections } from '../contract/warm-up-job.ts';
import type { ForbiddenIp } from '../pool/pool-ports.ts';
import { forbiddenIps } from './host-outlook.ts';

/** One place of the text where an IP should stand. */
interface Entry {
  /** `line 3`, `line 3, entry 2`, `ipv4, entry 3`. */
  readonly at: string;
  readonly text: string;
}

interface Reading {
  readonly format: IpList['format'];
  readonly entries: Iterable<Entry>;
  /** Of the form; those of single entries are found later. */
  readonly issues: IpList['issues'];
}

/** Beyond this many, further faults are counted and not listed. */
const mostIssues = 1_000;
/** A text with so many is no list of IPs, and is not read further: meanwhile nothing else of the engine runs. */
const mostFaults = 10_000;
/** A few milliseconds of work. */
const entriesPerPiece = 2_000;
const jsonLists = ['ipv4', 'ipv6'] as const;
const [first, second] = jsonLists;
/** How a column of IPs is headed, in lower case. */
const ipHeadings: ReadonlySet<string> = new Set([
  'ip',
  'ips',
  'ipv4',
  'ipv6',
  'address',
  'addr',
  'ip address',
  'ip_address',
]);

/**
 * Each IP once, canonical, in the order of the text; what is no IP is told with its place, and does not spoil the rest.
 * `forbids` gives the reason why an IP may not be dialled; those are told and left out.
 */
export function parseIpList(text: string, forbids: (ip: string) => string | null): IpList {
  return atOnce(parsing(text, forbids));
}

/** The same, while everything else goes on. */
export function parseIpListInTurns(text: string, forbids: (ip: string) => string | null): Promise<IpList> {
  return inTurns(parsing(text, forbids));
}

function* parsing(text: string, forbids: (ip: string) => string | null): Pieces<IpList> {
  const { format, entries, issues } = read(text.replace(/^\uFEFF/, ''));
  const found = [...issues];
  const seen = new Set<string>();
  const ips: string[] = [];
  const forbidden: ForbiddenIp[] = [];
  let duplicates = 0;
  let tooMany = 0;
  let done = 0;
  for (const { at, text: written } of entries) {
    done += 1;
    if (done % entriesPerPiece === 0) {
      yield;
    }
    if (found.length >= mostFaults) {
      found.splice(mostIssues, found.length, issueAt(at, phrase('paste.no-ip-list', { most: mostFaults })));
      break;
    }
    const ip = readIp(written, (wrong) => found.push(issueAt(at, wrong)));
    if (ip === null) {
      continue;
    }
    if (seen.has(ip)) {
      duplicates += 1;
      continue;
    }
    seen.add(ip);
    const why = forbids(ip);
    if (why !== null) {
      forbidden.push({ ip, why, ejected: false });
    } else if (ips.length === mostWarmUpConnections) {
      tooMany += 1;
    } else {
      ips.push(ip);
    }
  }
  if (tooMany > 0) {
    found.push(issueAt('end', phrase('paste.too-many-ips', { more: tooMany, most: mostWarmUpConnections })));
  }
  const ipv6 = ips.filter((ip) => ip.includes(':')).length;
  return {
    format,
    ips,
    ipv4: ips.length - ipv6,
    ipv6,
    duplicates,
    forbidden: forbiddenIps(forbidden),
    issues: shortened(found),
  };
}

function readIp(text: string, fault: (wrong: Phrase) => void): string | null {
  try {
    return canonicalIp(text);
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    fault(error.phrase);
    return null;
  }
}

function shortened(issues: IpList['issues']): IpList['issues'] {
  const unlisted = issues.length - mostIssues;
  return unlisted <= 1
    ? issues
    : [
        ...issues.slice(0, mostIssues),
        issueAt(issues[mostIssues]?.at ?? 'end', phrase('paste.more-faults', { more: unlisted })),
      ];
}

function read(text: string): Reading {
  if (/^\s*[{[]/.test(text)) {
    return readJson(text);
  }
  const lines = text.split(/\r\n|\n|\r/);
  return readCsv(lines) ?? { format: 'text', entries: readText(lines), issues: [] };
}

function readJson(text: string): Reading {
  const issues: IpList['issues'] = [];
  const entries: Entry[] = [];
  const list = (name: string, value: unknown): void => {
    const prefix = name === '' ? '' : `${name}, `;
    if (!Array.isArray(value)) {
      issues.push(issueAt(name, phrase('paste.not-list')));
      return;
    }
    for (const [index, item] of value.entries()) {
      const at = `${prefix}entry ${index + 1}`;
      if (typeof item === 'string') {
        entries.push({ at, text: item.trim() });
      } else {
        issues.push(issueAt(at, phrase('paste.not-ip-in-quotes', { item: JSON.stringify(item) })));
      }
    }
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { format: 'json', entries, issues: [jsonFault(text, error)] };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (jsonLists.some((known) => known === name.toLowerCase())) {
        list(name, member);
      } else {
        issues.push(issueAt(name, phrase('paste.not-read', { first, second })));
      }
    }
  } else {
    list('', value);
  }
  return { format: 'json', entries, issues };
}

/** V8 says where as `position 12`, or as `line 2 column 5`, or not at all when the text ends too early. */
function jsonFault(text: string, error: unknown): IpList['issues'][number] {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  return issueAt(`line ${before.split(/\r\n|\n|\r/).length}`, phrase('paste.no-json', { message }));
}

/** null when it is no table: no column is headed as IPs, and no first row has an IP beside something else. */
function readCsv(lines: readonly string[]): Reading | null {
  const rows = lines.map((line, index) => ({ line: index + 1, text: line })).filter(({ text }) => text.trim() !== '');
  const [first, ...rest] = rows;
  const delimiter = [',', ';', '\t'].find((one) => first?.text.includes(one));
  // A single column needs no delimiter, but then a heading.
  const head = first ? cellsOf(first.text, delimiter ?? ',') : [];
  const headed = columnsWhere(head, (cell) => ipHeadings.has(cell.toLowerCase()));
  const columns = headed.length > 0 ? headed : columnsWhere(head, isIp);
  if (columns.length === 0 || (headed.length === 0 && columns.length === head.length)) {
    return null;
  }
  const issues: IpList['issues'] = [];
  const entries = (headed.length > 0 ? rest : rows).flatMap(({ line, text }) => {
    const cells = cellsOf(text, delimiter ?? ',');
    const written = columns.flatMap((column) => cells[column] || []);
    if (written.length === 0) {
      issues.push(issueAt(`line ${line}`, phrase('paste.no-ip-in-line')));
    }
    return written.map((cell) => ({ at: `line ${line}`, text: cell }));
  });
  return { format: 'csv', entries, issues };
}

/** Of one line (RFC 4180): a delimiter within quotes separates nothing. No IP has a quote in it, so quotes are dropped. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') {
      quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += character;
    }
  }
  return [...cells, cell.trim()];
}

function columnsWhere(cells: readonly string[], matches: (cell: string) => boolean): number[] {
  return cells.flatMap((cell, column) => (matches(cell) ? [column] : []));
}

function isIp(text: string): boolean {
  return readIp(text, () => undefined) !== null;
}

/** One or more a line, separated by commas, semicolons (those of Chinese too) or spaces; `#` begins a note. */
function* readText(lines: readonly string[]): Generator<Entry> {
  for (const [index, line] of lines.entries()) {
    const values = (line.split('#', 1)[0] ?? '').split(/[\s,;，；、]+/).filter((value) => value !== '');
    for (const [position, text] of values.entries()) {
      yield { at: values.length > 1 ? `line ${index + 1}, entry ${position + 1}` : `line ${index + 1}`, text };
    }
  }
}
