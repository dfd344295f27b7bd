/** What the connections' filter could go on with, at the place where the operator types. */

import type { ConnectionRow } from '../../core/contract/connections.ts';
import { shownStates } from '../base/shown-state.ts';
import { type FilterToken, numberTokens, wordTokens } from './connection-filter.ts';

export interface Completion {
  /** The whole filter, with this in it. */
  readonly text: string;
  /** What is put in: `state:`, `idle`, `err>`. */
  readonly label: string;
  /** The token whose name alone it is, its value still to come; null for a value. */
  readonly begins: FilterToken | null;
}

/** A connection, as far as a filter is completed by it. */
export type FilterSubject = Pick<ConnectionRow, 'host' | 'profile' | 'ip'>;

const mostCompletions = 12;

/** `state:`, `err>`: how each token begins. */
const beginnings: Readonly<Record<string, FilterToken>> = Object.fromEntries([
  ...namesOf(wordTokens).map((name) => [`${name}:`, name]),
  ...namesOf(numberTokens).map((name) => [`${name}>`, name]),
]);

function namesOf<Name extends FilterToken>(tokens: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(tokens) as Name[];
}

/**
 * `caret`: how many characters stand before it. At most twelve values, those that begin with what is typed first.
 * `subjects`: the values are taken from these; gone through only where they are needed, and no further than it takes.
 */
export function completeFilter(text: string, caret: number, subjects: Iterable<FilterSubject>): readonly Completion[] {
  const begin = text.slice(0, caret).search(/\S*$/);
  const end = caret + text.slice(caret).search(/\s|$/);
  const typed = text.slice(begin, caret);
  const negation = /^[-!]/.exec(typed)?.[0] ?? '';
  const token = typed.slice(negation.length);
  const put = (label: string, whole: string, begins: FilterToken | null): Completion => {
    const after = text.slice(end).trimStart();
    const gap = begins === null || after !== '' ? ' ' : '';
    return { text: `${text.slice(0, begin)}${negation}${whole}${gap}${after}`, label, begins };
  };

  const colon = token.indexOf(':');
  if (colon > 0) {
    const name = token.slice(0, colon).toLowerCase();
    const given = token.slice(colon + 1).split(',');
    const part = given.at(-1)?.toLowerCase() ?? '';
    const before = given.slice(0, -1);
    return best(valuesOf(name, subjects), part, [...before, part]).map((value) =>
      put(value, `${name}:${[...before, value].join(',')}`, null),
    );
  }
  if (/[<>=]/.test(token)) {
    return [];
  }
  return best(Object.keys(beginnings), token.toLowerCase(), [], Number.POSITIVE_INFINITY).map((label) =>
    put(label, label, beginnings[label] ?? null),
  );
}

function valuesOf(name: string, subjects: Iterable<FilterSubject>): Iterable<string> {
  switch (name) {
    case 'state':
      return shownStates;
    case 'proto':
      return ['h2', 'http/1.1'];
    case 'host':
    case 'profile':
      return eachOf(subjects, name);
    case 'ip':
      return ipsOf(subjects);
    default:
      return [];
  }
}

function* eachOf(subjects: Iterable<FilterSubject>, name: keyof FilterSubject): Iterable<string> {
  for (const subject of subjects) {
    yield subject[name];
  }
}

function* ipsOf(subjects: Iterable<FilterSubject>): Iterable<string> {
  yield* ['v4', 'v6'];
  yield* eachOf(subjects, 'ip');
}

/** Each once. It runs at each key, perhaps through ten thousand values: so it stops where nothing better can come. */
function best(
  all: Iterable<string>,
  part: string,
  without: readonly string[],
  most = mostCompletions,
): readonly string[] {
  const begins = new Set<string>();
  const contains = new Set<string>();
  for (const value of all) {
    const at = value.toLowerCase().indexOf(part);
    if (at === -1 || without.includes(value)) {
      continue;
    }
    (at === 0 ? begins : contains).add(value);
    if (begins.size === most) {
      break;
    }
  }
  return [...begins, ...contains].slice(0, most);
}
