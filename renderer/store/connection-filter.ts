/**
 * The connections' filter: words and tokens, all of which must fit. `state:idle,leased host:edge ip:127.0.1.0/24
 * proto:h2 profile:modern err>3 age>60 idle>30 tls<20 -host:api`; a word alone fits host, IP, profile, protocol or state.
 * Times are seconds for age and idle, milliseconds for tcp, tls and ms.
 */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { words } from './filter-words.ts';
import { ipRange } from './ip-key.ts';
import { shownState, shownStates } from './shown-state.ts';

export type RowTest = (row: ConnectionRow, nowMs: number) => boolean;

export interface FilterIssue {
  readonly token: string;
  readonly message: string;
}

export interface ConnectionFilter {
  readonly test: RowTest;
  /** Tokens that could not be understood; they hide nothing. */
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
  ms: (row) => row.lastResponseMs,
} as const satisfies Readonly<Record<string, NumberOf>>;

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
    const wanted = value.toLowerCase().split(',').filter(Boolean);
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
    const wanted = value.toLowerCase();
    if (wanted === 'v4' || wanted === 'v6') {
      return (row) => row.ip.includes(':') === (wanted === 'v6');
    }
    if (!wanted.includes('/')) {
      return (row) => row.ip.startsWith(wanted);
    }
    const range = ipRange(value);
    return range ? (row) => range.contains(row.ip) : words.noRange(value);
  },
  id: (value) => (/^\d+$/.test(value) ? (row) => row.id === Number(value) : words.noId),
} as const satisfies Readonly<Record<string, WordTokenMaker>>;

export type FilterToken = keyof typeof numberTokens | keyof typeof wordTokens;

function ownEntry<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function anyPart(value: string, text: (row: ConnectionRow) => string): RowTest {
  const wanted = value.toLowerCase().split(',').filter(Boolean);
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
    const [, name = '', operator = '', text = ''] = comparison;
    const numberOf = ownEntry<NumberOf>(numberTokens, name.toLowerCase());
    const compare = comparisons[operator];
    const limit = Number(text);
    if (!numberOf || !compare) {
      return words.noFigure(name, Object.keys(numberTokens));
    }
    if (text === '' || !Number.isFinite(limit)) {
      return words.noNumber(`${name}${operator}`);
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
    return value === '' ? words.noValue(name) : make(value);
  }
  if (colon > 0 && /^[a-z]{3,}$/.test(name) && !/^[0-9a-f]+$/.test(name)) {
    return words.noToken(name, Object.keys(wordTokens));
  }
  return plainWord(token);
}

export function readConnectionFilter(text: string): ConnectionFilter {
  const tests: RowTest[] = [];
  const issues: FilterIssue[] = [];
  for (const token of text.split(/\s+/).filter(Boolean)) {
    const negated = token.length > 1 && token.startsWith('-');
    const test = readToken(negated ? token.slice(1) : token);
    if (typeof test === 'string') {
      issues.push({ token, message: test });
    } else {
      tests.push(negated ? (row, nowMs) => !test(row, nowMs) : test);
    }
  }
  return {
    test: (row, nowMs) => tests.every((test) => test(row, nowMs)),
    issues,
    empty: tests.length === 0,
  };
}
