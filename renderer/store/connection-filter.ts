/**
 * The connections' filter: words and tokens, all of which must fit. `state:idle,leased host:edge ip:127.0.1.0/24
 * proto:h2 profile:modern err>3 age>60 idle>1m tls<20 -host:api`; a word alone fits host, IP, profile, protocol or state.
 * Times are seconds for age, idle and leased, milliseconds for tcp, tls and last, unless their unit is written: `age>2h`,
 * or as the columns show it: `idle>2:06`.
 */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { longestKeptFilter } from '../../core/contract/preferences.ts';
import { ipRange, wholeIp } from '../base/ip-key.ts';
import { shownState, shownStates } from '../base/shown-state.ts';
import { words } from './filter-words.ts';

export type RowTest = (row: ConnectionRow, nowMs: number) => boolean;

export interface FilterIssue {
  readonly token: string;
  readonly message: string;
}

export interface ConnectionFilter {
  readonly test: RowTest;
  /** Tokens that could not be understood, and hide nothing; an empty token is about the filter as a whole. */
  readonly issues: readonly FilterIssue[];
  readonly empty: boolean;
}

const protocolWords: Record<string, string> = {
  h2: 'h2',
  http2: 'h2',
  h1: 'http/1.1',
  'http/1.1': 'http/1.1',
  http1: 'http/1.1',
};

type NumberOf = (row: ConnectionRow, nowMs: number) => number | null;

/** Names with a comparison, and the figure each is about. */
export const numberTokens = {
  err: (row) => row.errors,
  req: (row) => row.requests,
  leases: (row) => row.leases,
  age: (row, nowMs) => (nowMs - row.createdAtMs) / 1_000,
  idle: (row, nowMs) => (row.idleSinceMs === null ? null : (nowMs - row.idleSinceMs) / 1_000),
  leased: (row, nowMs) => (row.leasedSinceMs === null ? null : (nowMs - row.leasedSinceMs) / 1_000),
  tcp: (row) => row.tcpMs,
  tls: (row) => row.tlsMs,
  last: (row) => row.lastResponseMs,
} as const satisfies Readonly<Record<string, NumberOf>>;

/** What one of a figure without a unit is, in milliseconds; figures that are no times have none. */
const unitMs: Readonly<Record<string, number>> = {
  age: 1_000,
  idle: 1_000,
  leased: 1_000,
  tcp: 1,
  tls: 1,
  last: 1,
};
const writtenUnitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** In the unit of the figure; null when it is no number, or is a time and the figure is none. */
function readLimit(name: string, text: string): number | null {
  const plain = Number(text);
  if (text !== '' && Number.isFinite(plain)) {
    return plain;
  }
  const ownMs = ownEntry(unitMs, name);
  if (ownMs === undefined) {
    return null;
  }
  const clock = /^(?:(\d+):)?(\d+):(\d{2})$/.exec(text);
  if (clock) {
    const [, hours = '0', minutes, seconds] = clock;
    return ((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000) / ownMs;
  }
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(text) ?? [];
  const wantedMs = ownEntry(writtenUnitMs, unit.toLowerCase());
  return wantedMs === undefined ? null : (Number(amount) * wantedMs) / ownMs;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
};

type WordTokenMaker = (value: string) => RowTest | string;

/** Names with a colon. Each makes a test, or says why it cannot. */
export const wordTokens = {
  state: (value) => {
    const wanted = partsOf(value);
    const unknown = wanted.find((word) => !shownStates.some((state) => state.startsWith(word)));
    return unknown === undefined
      ? (row) => wanted.some((word) => shownState(row).startsWith(word))
      : words.noState(unknown, shownStates);
  },
  host: (value) => anyPart(value, (row) => row.host),
  profile: (value) => anyPart(value, (row) => row.profile),
  proto: (value) => {
    const wanted = protocolWords[value.toLowerCase()];
    return wanted === undefined ? words.proto : (row) => row.protocol === wanted;
  },
  ip: (value) => {
    const tests = partsOf(value).map(ipTest);
    const fault = tests.find((test) => typeof test === 'string');
    return fault ?? ((row) => tests.some((test) => typeof test !== 'string' && test(row.ip)));
  },
  id: (value) => (/^\d+$/.test(value) ? (row) => row.id === Number(value) : words.noId),
} as const satisfies Readonly<Record<string, WordTokenMaker>>;

export type FilterToken = keyof typeof numberTokens | keyof typeof wordTokens;

function ownEntry<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What stands between the commas. */
function partsOf(value: string): readonly string[] {
  return value.toLowerCase().split(',').filter(Boolean);
}

/** Something can follow it that makes it an address: `127.0.`, `2001:db8`; not `999.1`. */
function beginsIp(text: string): boolean {
  if (/^[\d.]+$/.test(text)) {
    const parts = text.split('.');
    return (
      parts.length <= 4 &&
      parts.every((part, index) => Number(part) <= 255 && (part !== '' || index === parts.length - 1))
    );
  }
  return /^[\da-f:]+$/.test(text);
}

/** A whole address is that one alone, however it is spelled; what is not whole yet is the beginning of many. */
function ipTest(wanted: string): ((ip: string) => boolean) | string {
  if (wanted === 'v4' || wanted === 'v6') {
    return (ip) => ip.includes(':') === (wanted === 'v6');
  }
  if (wanted.includes('/')) {
    const range = ipRange(wanted);
    return range ? (ip) => range.contains(ip) : words.noRange(wanted);
  }
  const whole = wholeIp(wanted);
  if (whole !== null) {
    return (ip) => ip === whole;
  }
  return beginsIp(wanted) ? (ip) => ip.startsWith(wanted) : words.noIp(wanted);
}

function anyPart(value: string, text: (row: ConnectionRow) => string): RowTest {
  const wanted = partsOf(value);
  return (row) => wanted.some((part) => text(row).toLowerCase().includes(part));
}

function plainWord(word: string): RowTest {
  const wanted = word.toLowerCase();
  return (row) =>
    row.host.toLowerCase().includes(wanted) ||
    row.ip.includes(wanted) ||
    row.profile.toLowerCase().includes(wanted) ||
    (row.protocol ?? '').includes(wanted) ||
    shownState(row).includes(wanted);
}

function readToken(token: string): RowTest | string {
  const comparison = /^([a-z]+)(>=|<=|>|<|=)(.*)$/i.exec(token);
  if (comparison) {
    const [, written = '', operator = '', text = ''] = comparison;
    const name = written.toLowerCase();
    const numberOf = ownEntry<NumberOf>(numberTokens, name);
    const compare = comparisons[operator];
    if (!numberOf || !compare) {
      return words.noFigure(written, Object.keys(numberTokens));
    }
    const limit = readLimit(name, text);
    if (limit === null) {
      return name in unitMs ? words.noTime(`${written}${operator}`) : words.noNumber(`${written}${operator}`);
    }
    return (row, nowMs) => {
      const value = numberOf(row, nowMs);
      return value !== null && compare(value, limit);
    };
  }
  const colon = token.indexOf(':');
  const name = token.slice(0, Math.max(0, colon)).toLowerCase();
  const make = ownEntry<WordTokenMaker>(wordTokens, name);
  if (colon > 0 && make) {
    const value = token.slice(colon + 1);
    return partsOf(value).length === 0 ? words.noValue(name) : make(value);
  }
  if (colon > 0 && /^[a-z]{3,}$/.test(name) && !/^[0-9a-f]+$/.test(name)) {
    return words.noToken(name, [
      ...Object.keys(wordTokens).map((it) => `${it}:`),
      ...Object.keys(numberTokens).map((it) => `${it}>`),
    ]);
  }
  return plainWord(token);
}

/** Asked of ten thousand rows at each key of the filter: no function is made for a row. */
function allOf(tests: readonly RowTest[]): RowTest {
  return (row, nowMs) => {
    for (const test of tests) {
      if (!test(row, nowMs)) {
        return false;
      }
    }
    return true;
  };
}

export function readConnectionFilter(text: string): ConnectionFilter {
  const tests: RowTest[] = [];
  const issues: FilterIssue[] = [];
  const tokens = text.split(/\s+/).filter(Boolean);
  if (text.length > longestKeptFilter) {
    issues.push({ token: '', message: words.tooLong(text.length, longestKeptFilter) });
  }
  for (const [index, token] of tokens.entries()) {
    if (/^or$/i.test(token) && index > 0 && index < tokens.length - 1) {
      issues.push({ token, message: words.noOr });
      continue;
    }
    const negated = /^[-!]./.test(token);
    const test = readToken(negated ? token.slice(1) : token);
    if (typeof test === 'string') {
      issues.push({ token, message: test });
    } else {
      tests.push(negated ? (row, nowMs) => !test(row, nowMs) : test);
    }
  }
  return {
    test: allOf(tests),
    issues,
    empty: tests.length === 0,
  };
}
