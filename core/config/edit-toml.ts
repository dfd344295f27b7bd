/**
 * Changes single values of a TOML text in place: every byte that is not of a changed value stays, comments, order,
 * alignment and line ends among it. (Libraries that print the tree again align comments and indent lines that nobody has
 * touched.) Whoever saves a result reads it first and compares its meaning with what was wanted.
 */
import { parse } from 'smol-toml';
import { PhraseError } from '../base/phrase-error.ts';
import type { ConfigValue } from '../contract/config.ts';
import { phrase } from '../contract/phrase.ts';
import { editArray } from './edit-toml-array.ts';
import { lineStartAt, nextLineAt, scanToml, type TomlStatement, valueEndOf } from './toml-positions.ts';
import { isTomlTable, tomlKey, tomlValue } from './toml-value.ts';

/** `['pool', 'idle_timeout']`, or in an array of tables `['targets', 0, 'path']`. */
export type TomlPlace = readonly [table: string, key: string] | readonly [array: string, index: number, key: string];

/** A table as it stands in the text. */
interface Section {
  readonly header: TomlStatement | null;
  /** Its statements, in order, with their key within the table. */
  readonly values: readonly { readonly key: string; readonly statement: TomlStatement }[];
  /** Before the key of a new line: `pool.` where the table is written as dotted keys. */
  readonly prefix: string;
  /** `pool = { … }` */
  readonly inline: TomlStatement | null;
}

/**
 * Gives a key another value, or adds it behind the last key of its section; a section that is missing comes at the end.
 * @throws PhraseError where an array of tables is written inside of one value.
 */
export function setTomlValue(text: string, place: TomlPlace, value: ConfigValue): string {
  const section = findSection(text, place);
  const key = lastOf(place);
  const known = section.values.find((entry) => entry.key === key)?.statement;
  if (known) {
    const end = valueEndOf(text, known);
    const written = text.slice(known.valueStart, end);
    return splice(text, known.valueStart, end, editArray(written, value) ?? tomlValue(value));
  }
  if (section.inline) {
    return editInline(text, section.inline, (table) => ({ ...table, [key]: value }));
  }
  return addLine(text, section, place[0], `${section.prefix}${tomlKey(key)} = ${tomlValue(value)}`);
}

/** Takes a key out; its comments stay. Nothing happens when it is not there. @throws as {@link setTomlValue} */
export function unsetTomlValue(text: string, place: TomlPlace): string {
  const section = findSection(text, place);
  const key = lastOf(place);
  if (section.inline) {
    return editInline(text, section.inline, (table) =>
      Object.fromEntries(Object.entries(table).filter(([name]) => name !== key)),
    );
  }
  const known = section.values.find((entry) => entry.key === key)?.statement;
  if (!known) {
    return text;
  }
  const comment = text.slice(valueEndOf(text, known), known.end).trim();
  return comment === ''
    ? splice(text, lineStartAt(text, known.start), nextLineAt(text, known.end), '')
    : splice(text, known.start, known.end, comment);
}

/** Adds a table to an array of tables, at the end of the text. @throws as {@link setTomlValue} */
export function addTomlTable(text: string, array: string, values: Readonly<Record<string, ConfigValue>>): string {
  refuseInlineArray(scanToml(text), array);
  const newline = newlineOf(text);
  const lines = Object.entries(values).map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value)}${newline}`);
  return `${withRoom(text)}[[${array}]]${newline}${lines.join('')}`;
}

/**
 * Takes the table at `index` out of an array of tables, with the comment that stands directly above it: left behind it
 * would describe the next one. @throws as {@link setTomlValue}
 */
export function removeTomlTable(text: string, array: string, index: number): string {
  const statements = scanToml(text);
  refuseInlineArray(statements, array);
  const header = arrayHeaders(statements, array)[index];
  if (!header) {
    return text;
  }
  let last = header;
  for (const statement of statements.slice(statements.indexOf(header) + 1)) {
    const { kind, key } = statement;
    if (kind !== 'value' && !(key.length > 1 && key[0] === array)) {
      break;
    }
    last = statement;
  }
  let from = lineStartAt(text, header.start);
  while (from > 0) {
    const above = lineStartAt(text, from - 1);
    if (!text.slice(above, from).trimStart().startsWith('#')) {
      break;
    }
    from = above;
  }
  let to = nextLineAt(text, last.end);
  while (to < text.length && text.slice(to, nextLineAt(text, to)).trim() === '') {
    to = nextLineAt(text, to);
  }
  return splice(text, from, to, '');
}

function findSection(text: string, place: TomlPlace): Section {
  const statements = scanToml(text);
  const [name] = place;
  const isArray = place.length === 3;
  if (isArray) {
    refuseInlineArray(statements, name);
  }
  const header = isArray
    ? (arrayHeaders(statements, name)[place[1]] ?? null)
    : (statements.find(({ kind, key }) => kind === 'table' && key.length === 1 && key[0] === name) ?? null);
  const values: { key: string; statement: TomlStatement }[] = [];
  let inline: TomlStatement | null = null;
  let current: TomlStatement | null = null;
  for (const statement of statements) {
    const [first = '', second] = statement.key;
    if (statement.kind !== 'value') {
      current = statement;
    } else if (current === null && !isArray && first === name) {
      if (second === undefined) {
        inline = statement;
      } else if (statement.key.length === 2) {
        values.push({ key: second, statement });
      }
    } else if (current !== null && current === header && second === undefined) {
      values.push({ key: first, statement });
    }
  }
  return { header, values, prefix: header === null && values.length > 0 ? `${name}.` : '', inline };
}

function arrayHeaders(statements: readonly TomlStatement[], array: string): TomlStatement[] {
  return statements.filter(({ kind, key }) => kind === 'array-table' && key.length === 1 && key[0] === array);
}

function refuseInlineArray(statements: readonly TomlStatement[], array: string): void {
  if (statements.some(({ kind, key }) => kind === 'value' && key.length === 1 && key[0] === array)) {
    throw new PhraseError(phrase('config.table-in-value', { name: array }));
  }
}

/** An inline table holds no comment, so nothing is lost when it is written anew. */
function editInline(
  text: string,
  statement: TomlStatement,
  change: (table: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): string {
  const end = valueEndOf(text, statement);
  const table = parse(`value = ${text.slice(statement.valueStart, end)}`).value;
  const changed = change(isTomlTable(table) ? table : {});
  return splice(text, statement.valueStart, end, tomlValue(changed));
}

function addLine(text: string, section: Section, name: string, line: string): string {
  const newline = newlineOf(text);
  const neighbour = section.values.at(-1)?.statement ?? section.header;
  if (!neighbour) {
    return `${withRoom(text)}[${name}]${newline}${line}${newline}`;
  }
  const indent = /^[ \t]*/.exec(text.slice(lineStartAt(text, neighbour.start)))?.[0] ?? '';
  return splice(text, neighbour.end, neighbour.end, `${newline}${indent}${line}`);
}

/** Ready for a new section: its last line is closed and an empty one follows. */
function withRoom(text: string): string {
  const newline = newlineOf(text);
  if (text.trim() === '') {
    return text;
  }
  return text.endsWith('\n') ? `${text}${newline}` : `${text}${newline}${newline}`;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function lastOf(place: TomlPlace): string {
  return place.length === 3 ? place[2] : place[1];
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}
