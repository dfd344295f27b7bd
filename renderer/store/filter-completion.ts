/** What the connections' filter could go on with, at the place where the operator types. */

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

/** What the values are taken from; asked for only where they are needed. */
export interface FilterSubjects {
  readonly hosts: () => Iterable<string>;
  readonly profiles: () => Iterable<string>;
  readonly ips: () => Iterable<string>;
}

const mostCompletions = 12;

/** `state:`, `err>`: how each token begins. */
const beginnings: Readonly<Record<string, FilterToken>> = Object.fromEntries([
  ...namesOf(wordTokens).map((name) => [`${name}:`, name]),
  ...namesOf(numberTokens).map((name) => [`${name}>`, name]),
]);

function namesOf<Name extends FilterToken>(tokens: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(tokens) as Name[];
}

/** `caret`: how many characters stand before it. At most twelve, those that begin with what is typed first. */
export function completeFilter(text: string, caret: number, subjects: FilterSubjects): readonly Completion[] {
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
    const before = given.slice(0, -1).map((value) => `${value},`);
    const values = [...valuesOf(name, subjects)].filter((value) => !given.slice(0, -1).includes(value));
    return best(values, part)
      .filter((value) => value !== part)
      .map((value) => put(value, `${name}:${before.join('')}${value}`, null));
  }
  if (/[<>=]/.test(token)) {
    return [];
  }
  return best(Object.keys(beginnings), token.toLowerCase(), Number.POSITIVE_INFINITY).map((label) =>
    put(label, label, beginnings[label] ?? null),
  );
}

function valuesOf(name: string, subjects: FilterSubjects): Iterable<string> {
  switch (name) {
    case 'state':
      return shownStates;
    case 'proto':
      return ['h2', 'http/1.1'];
    case 'host':
      return new Set(subjects.hosts());
    case 'profile':
      return new Set(subjects.profiles());
    case 'ip':
      return new Set(['v4', 'v6', ...subjects.ips()]);
    default:
      return [];
  }
}

function best(all: readonly string[], part: string, most = mostCompletions): readonly string[] {
  const begins = all.filter((value) => value.toLowerCase().startsWith(part));
  const contains = part === '' ? [] : all.filter((value) => value.toLowerCase().indexOf(part) > 0);
  return [...begins, ...contains].slice(0, most);
}
