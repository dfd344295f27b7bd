/** Where in a configuration's text the caret stands: in which table, and before or behind the equals sign. */

export interface TomlPlace {
  /** `pool` of `[pool]`, `targets` of `[[targets]]`; null before the first. */
  readonly table: string | null;
  /** What is being written there. */
  readonly part: 'table' | 'key' | 'value';
  /** Of a value: its key. */
  readonly key: string | null;
  /** What stands there already, up to the caret. */
  readonly typed: string;
}

const header = /^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$/;

/** null inside a comment, and inside an array that goes over several lines. */
export function tomlPlace(before: string): TomlPlace | null {
  const lines = before.split('\n');
  const line = lines.pop() ?? '';
  if (withoutStrings(line).includes('#') || isOpenArray(lines)) {
    return null;
  }
  const table = lines.findLast((one) => header.test(one));
  const place = { table: table === undefined ? null : (header.exec(table)?.[1] ?? null), key: null };
  if (/^\s*\[/.test(line)) {
    return { ...place, part: 'table', typed: line.trimStart() };
  }
  const pair = /^\s*([\w.-]+)\s*=\s*(.*)$/.exec(line);
  return pair
    ? { ...place, part: 'value', key: pair[1] ?? null, typed: pair[2] ?? '' }
    : { ...place, part: 'key', typed: line.trimStart() };
}

function withoutStrings(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?/g, '""');
}

/** Whether a value begun above has brackets that are still open. */
function isOpenArray(lines: readonly string[]): boolean {
  let open = 0;
  for (const line of lines) {
    const bare = withoutStrings(line).replace(/#.*/, '');
    if (open === 0 && !bare.includes('=')) {
      continue;
    }
    const value = open === 0 ? bare.slice(bare.indexOf('=') + 1) : bare;
    open = Math.max(0, open + value.split('[').length - value.split(']').length);
  }
  return open > 0;
}

/** Keys that the table has already, so that they are not offered twice; of the table that the place lies in. */
export function keysWritten(text: string, at: number): ReadonlySet<string> {
  const lines = text.split('\n');
  const current = text.slice(0, at).split('\n').length - 1;
  const begin = lines.slice(0, current + 1).findLastIndex((line) => header.test(line));
  const rest = lines.slice(begin + 1);
  const end = rest.findIndex((line) => header.test(line));
  const own = end === -1 ? rest : rest.slice(0, end);
  return new Set(
    own.flatMap((line, index) => (begin + 1 + index === current ? [] : (/^\s*([\w-]+)\s*=/.exec(line)?.[1] ?? []))),
  );
}
