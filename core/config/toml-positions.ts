/**
 * Where things stand in a TOML text. The parser gives values without their places; a message to an operator needs the
 * line. This walks the text once, statement by statement, and also gets through texts that are not valid TOML.
 */

export interface TextPosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface TomlStatement {
  /** `[name]`, `[[name]]`, or `key = value`. */
  readonly kind: 'table' | 'array-table' | 'value';
  /** As written, quotes taken off: `['pool', 'max_idle_conns']`. */
  readonly key: readonly string[];
  /** Offsets of the whole statement, and of its value (of its end for tables). */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  /** The value's brackets are still open where the next section begins or the text ends. */
  readonly unclosed: boolean;
}

/** All statements, in order. A line that is no statement comes as a `value` with an empty key. */
export function scanToml(text: string): TomlStatement[] {
  const statements: TomlStatement[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) {
      return statements;
    }
    const statement = text[at] === '[' ? readHeader(text, at) : readAssignment(text, at);
    statements.push(statement);
    at = statement.end;
  }
}

/** Behind the statement's value: without the blanks and the comment that follow it on its last line. */
export function valueEndOf(text: string, { valueStart, end }: TomlStatement): number {
  let last = valueStart;
  for (let at = valueStart; at < end; ) {
    const char = text[at] ?? '';
    if (char === '#') {
      at = lineEndAt(text, at);
      continue;
    }
    const next = char === '"' || char === "'" ? skipString(text, at) : at + 1;
    if (!/\s/.test(char)) {
      last = next;
    }
    at = next;
  }
  return last;
}

/** Of the line that this offset is on; line breaks belong to the line before them. */
export function lineStartAt(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

export function nextLineAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Turns offsets into lines and columns. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  positionOf(offset: number): TextPosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Finds the place of a value by its path: keys, and indexes of arrays and of arrays of tables. */
export class TomlPositions {
  readonly #lines: LineIndex;
  readonly #offsets = new Map<string, number>();

  /** `text` is valid TOML. */
  constructor(text: string) {
    this.#lines = new LineIndex(text);
    const tablesSeen = new Map<string, number>();
    /** A step through an array of tables means its last table so far. */
    const resolve = (key: readonly string[]): string => {
      let path = '';
      for (const part of key) {
        path = joined(path, part);
        const seen = tablesSeen.get(path);
        if (seen !== undefined) {
          path = joined(path, seen - 1);
        }
      }
      return path;
    };
    let prefix = '';
    for (const statement of scanToml(text)) {
      if (statement.kind === 'array-table') {
        const array = joined(resolve(statement.key.slice(0, -1)), statement.key.at(-1) ?? '');
        const seen = tablesSeen.get(array) ?? 0;
        tablesSeen.set(array, seen + 1);
        prefix = joined(array, seen);
        this.#note(array, statement.start);
        this.#note(prefix, statement.start);
      } else if (statement.kind === 'table') {
        prefix = resolve(statement.key);
        this.#note(prefix, statement.start);
      } else {
        const path = statement.key.reduce(joined, prefix);
        this.#note(path, statement.start);
        for (const [index, offset] of elementOffsets(text, statement).entries()) {
          this.#note(joined(path, index), offset);
        }
      }
    }
  }

  /** Of the value at this path, else of the nearest thing around it; null when there is nothing. */
  find(path: readonly (string | number)[]): TextPosition | null {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.#offsets.get(path.slice(0, length).reduce<string>(joined, ''));
      if (offset !== undefined) {
        return this.#lines.positionOf(offset);
      }
    }
    return null;
  }

  #note(path: string, offset: number): void {
    if (!this.#offsets.has(path)) {
      this.#offsets.set(path, offset);
    }
  }
}

/** Keys may contain dots, so paths are joined by a character that no key can hold. */
function joined(path: string, part: string | number): string {
  return path === '' ? String(part) : `${path}\n${part}`;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '#') {
      at = lineEndAt(text, at);
    } else if (char === ' ' || char === '\t' || char === '\n' || char === '\r') {
      at += 1;
    } else {
      break;
    }
  }
  return at;
}

/** The offset of the line's end, without its line break. */
export function lineEndAt(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline === -1 ? text.length : newline;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

function readHeader(text: string, start: number): TomlStatement {
  const end = lineEndAt(text, start);
  const match = /^\[(\[?)([^[\]]*)\]\]?/.exec(text.slice(start, end));
  return {
    kind: match?.[1] === '[' ? 'array-table' : 'table',
    key: splitKey(match?.[2] ?? ''),
    start,
    valueStart: end,
    end,
    unclosed: false,
  };
}

function readAssignment(text: string, start: number): TomlStatement {
  const stop = lineEndAt(text, start);
  const match = /^((?:"(?:\\.|[^"\\])*"|'[^']*'|[^"'=#])+)=[ \t]*/.exec(text.slice(start, stop));
  if (!match) {
    return { kind: 'value', key: [], start, valueStart: start, end: stop, unclosed: false };
  }
  const valueStart = start + match[0].length;
  const { end, unclosed } = skipValue(text, valueStart);
  return { kind: 'value', key: splitKey(match[1] ?? ''), start, valueStart, end, unclosed };
}

function splitKey(text: string): string[] {
  const parts = text.match(/"(?:\\.|[^"\\])*"|'[^']*'|[^\s."']+/g) ?? [];
  return parts.map((part) => part.replace(/^(["'])(.*)\1$/s, '$2'));
}

/** What looks like the head of a section, at the beginning of a line. */
const headerAhead = /\n[ \t]*\[\[?[ \t]*[A-Za-z_][\w.-]*[ \t]*\]\]?[ \t]*(?:#.*)?(?:\r?\n|$)/y;

function skipValue(text: string, from: number): { end: number; unclosed: boolean } {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '"' || char === "'") {
      at = skipString(text, at);
      continue;
    }
    if (char === '#') {
      at = lineEndAt(text, at);
      continue;
    }
    if (char === '\n') {
      headerAhead.lastIndex = at;
      if (depth === 0 || headerAhead.test(text)) {
        return { end: lineEndAt(text, at - 1 < from ? from : at - 1), unclosed: depth > 0 };
      }
    } else if (char === '[' || char === '{') {
      depth += 1;
    } else if (char === ']' || char === '}') {
      depth -= 1;
    }
    at += 1;
  }
  return { end: text.length, unclosed: depth > 0 };
}

/** Behind the string's closing quotes; at the line's end when a one-line string is not closed. */
function skipString(text: string, from: number): number {
  const quote = text[from] ?? '';
  const triple = quote.repeat(3);
  if (text.startsWith(triple, from)) {
    let at = from + 3;
    while (at < text.length && !text.startsWith(triple, at)) {
      at += quote === '"' && text[at] === '\\' ? 2 : 1;
    }
    at = Math.min(at + 3, text.length);
    while (text[at] === quote) {
      at += 1;
    }
    return at;
  }
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === quote) {
      return at + 1;
    }
    if (char === '\n') {
      return at;
    }
    if (char === '\\' && quote === '"') {
      at += 1;
    }
  }
  return text.length;
}

/** Where the elements of an array begin; empty when the value is not an array. */
function elementOffsets(text: string, { valueStart, end }: TomlStatement): number[] {
  return elementSpans(text.slice(0, end), valueStart).map(({ start }) => start);
}

/** The elements of the array that begins at `from`; empty when there is none. An element's own elements are not told. */
export function elementSpans(text: string, from: number): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  if (text[from] !== '[') {
    return spans;
  }
  let depth = 0;
  let expectsElement = false;
  for (let at = from; at < text.length; ) {
    const char = text[at] ?? '';
    if (char === '#') {
      at = lineEndAt(text, at);
      continue;
    }
    const closes = char === ']' || char === '}';
    depth += char === '[' || char === '{' ? 1 : closes ? -1 : 0;
    if (closes && depth === 0) {
      break;
    }
    const next = char === '"' || char === "'" ? skipString(text, at) : at + 1;
    if (at === from || (char === ',' && depth === 1)) {
      expectsElement = true;
    } else if (!/\s/.test(char)) {
      const last = spans.at(-1);
      if (expectsElement || !last) {
        spans.push({ start: at, end: next });
        expectsElement = false;
      } else {
        last.end = next;
      }
    }
    at = next;
  }
  return spans;
}
