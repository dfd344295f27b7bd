/** Gets what is good out of a list file that is not valid TOML, and names each line that is not. */
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { LineIndex, scanToml, type TomlStatement } from '../config/toml-positions.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';

export interface LineIssue {
  readonly line: number;
  readonly wrong: Phrase;
}

export interface ReadToml {
  readonly table: TomlTable;
  /** The text that the table was read from: bad lines blanked, all others at their place. */
  readonly text: string;
  readonly issues: readonly LineIssue[];
}

/** Repairs of one array, and of the whole text after each statement was looked at on its own. */
const mostRepairs = 20;

export function readTomlWithRepair(text: string): ReadToml {
  try {
    return { table: parse(text), text, issues: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) {
      throw error;
    }
  }
  const issues: LineIssue[] = [];
  let repaired = repairStatements(text, issues);
  for (let attempt = 0; attempt < mostRepairs; attempt += 1) {
    try {
      return { table: parse(repaired), text: repaired, issues };
    } catch (error) {
      if (!(error instanceof TomlError)) {
        throw error;
      }
      issues.push({ line: error.line, wrong: reasonOf(error) });
      repaired = withoutLine(repaired, error.line);
    }
  }
  issues.push({ line: 1, wrong: phrase('list.too-many-faults') });
  return { table: {}, text: '', issues };
}

/** smol-toml's sentence, without its heading and its drawing of the place. */
function reasonOf(error: TomlError): Phrase {
  const [message = ''] = error.message.split('\n');
  return phrase('list.not-toml', { toml: message.replace(/^Invalid TOML document: /, '') });
}

/** Each statement on its own: a fault ends with its statement, or with its line in an array of several lines. */
function repairStatements(text: string, issues: LineIssue[]): string {
  const lines = new LineIndex(text);
  const statements = scanToml(text);
  const clashing = clashingSections(statements);
  let said = new Set<string>();
  let skipping = false;
  let out = '';
  let copied = 0;
  for (const statement of statements) {
    const source = text.slice(statement.start, statement.end);
    const { line } = lines.positionOf(statement.start);
    const name = statement.key.join('.');
    let kept = source;
    if (statement.kind !== 'value') {
      const wrong = faultOf(source);
      said = new Set();
      skipping = wrong !== null;
      if (wrong !== null) {
        issues.push({ line, wrong: phrase('list.left-out', { wrong }) });
        kept = blank(source);
      } else if (statement.kind === 'table' && clashing.has(name)) {
        issues.push({ line, wrong: phrase('list.several-sections', { name }) });
        kept = `[[${name}]]`;
      }
    } else if (skipping) {
      kept = blank(source);
    } else if (said.has(name)) {
      issues.push({ line, wrong: phrase('list.said-twice', { name }) });
      kept = blank(source);
    } else {
      said.add(name);
      kept = repairValue(source, statement.unclosed, line, issues);
    }
    out += text.slice(copied, statement.start) + kept;
    copied = statement.end;
  }
  return out + text.slice(copied);
}

/** Names of sections that are there several times, and at least once as `[name]`, which allows only one. */
function clashingSections(statements: readonly TomlStatement[]): ReadonlySet<string> {
  const times = new Map<string, number>();
  const single = new Set<string>();
  for (const { kind, key } of statements) {
    const name = key.join('.');
    if (kind !== 'value') {
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    if (kind === 'table') {
      single.add(name);
    }
  }
  return new Set([...single].filter((name) => (times.get(name) ?? 0) > 1));
}

function repairValue(source: string, unclosed: boolean, firstLine: number, issues: LineIssue[]): string {
  let repaired = source;
  if (unclosed) {
    issues.push({ line: firstLine, wrong: phrase('list.not-closed') });
    repaired = `${source}]`;
  }
  for (let attempt = 0; attempt < mostRepairs; attempt += 1) {
    try {
      parse(repaired);
      return repaired;
    } catch (error) {
      if (!(error instanceof TomlError)) {
        throw error;
      }
      issues.push({ line: firstLine + error.line - 1, wrong: reasonOf(error) });
      if (error.line === 1) {
        break;
      }
      repaired = withoutLine(repaired, error.line);
    }
  }
  return blank(source);
}

function faultOf(source: string): Phrase | null {
  try {
    parse(source);
    return null;
  } catch (error) {
    if (error instanceof TomlError) {
      return reasonOf(error);
    }
    throw error;
  }
}

function blank(source: string): string {
  return source.replace(/[^\n]+/g, '');
}

function withoutLine(text: string, line: number): string {
  return text
    .split('\n')
    .map((content, index) => (index === line - 1 ? '' : content))
    .join('\n');
}
