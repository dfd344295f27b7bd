/** Comments that people write into `access-lists.toml`: kept with the entry they stand above when the file is written anew. */
import { scanToml, type TomlStatement, valueEndOf } from '../config/toml-positions.ts';

/** Whole lines, as they were written. */
export interface ListComments {
  /** Above everything, set apart by an empty line. */
  readonly head: readonly string[];
  /** By the section's place: `black.0` for the first [[black]], `black` for [black] or black = […]. */
  readonly ofSection: ReadonlyMap<string, readonly string[]>;
  /** Below everything. */
  readonly tail: readonly string[];
}

export const noComments: ListComments = { head: [], ofSection: new Map(), tail: [] };

/** Keys behind whose value a remark is the entry's note. */
const noted = ['ip', 'ips', 'white', 'black', 'whitelist', 'blacklist'];

/** `ours`: lines that the console writes itself. The text is valid TOML. */
export function readComments(text: string, ours: ReadonlySet<string>): ListComments {
  const isTheirs = (line: string): boolean => line.trimStart().startsWith('#') && !ours.has(line.trimEnd());
  if (!text.split('\n').some((line) => line.includes('#') && !ours.has(line.trimEnd()))) {
    return noComments;
  }
  const ofSection = new Map<string, string[]>();
  const head: string[] = [];
  const seen = new Map<string, number>();
  let section = '';
  let at = 0;
  for (const statement of scanToml(text)) {
    const lines = text.slice(at, statement.start).split('\n');
    const opens = statement.kind !== 'value' || section === '';
    if (opens) {
      section = placeOf(statement, seen);
    }
    // Of what stands above everything, only the block that touches the first section belongs to it.
    const lastGap = at === 0 ? lines.slice(0, -1).findLastIndex((line) => line.trim() === '') : -1;
    head.push(...lines.slice(0, lastGap + 1).filter(isTheirs));
    const kept = [...lines.slice(lastGap + 1).filter(isTheirs), ...behind(text, statement)];
    if (kept.length > 0) {
      ofSection.set(section, [...(ofSection.get(section) ?? []), ...kept.map((line) => line.trim())]);
    }
    at = statement.end;
    if (statement.kind === 'value' && opens) {
      section = '';
    }
  }
  return { head, ofSection, tail: text.slice(at).split('\n').filter(isTheirs) };
}

function placeOf({ kind, key }: TomlStatement, seen: Map<string, number>): string {
  const name = key.join('.');
  if (kind !== 'array-table') {
    return name;
  }
  const index = seen.get(name) ?? 0;
  seen.set(name, index + 1);
  return `${name}.${index}`;
}

/** A comment on the statement's own line. */
function behind(text: string, statement: TomlStatement): string[] {
  if (statement.kind === 'value' && noted.includes(statement.key.at(-1) ?? '')) {
    return [];
  }
  const from = statement.kind === 'value' ? valueEndOf(text, statement) : text.indexOf(']', statement.start);
  const rest = text.slice(from, statement.end).replace(/^\]+/, '').trim();
  return rest.startsWith('#') ? [rest.split('\n')[0] ?? ''] : [];
}
