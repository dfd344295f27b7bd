/** What is wrong with a configuration, in words that an operator can act on. */
import type { ConfigFault } from '../contract/config.ts';
import { type ContractIssue, issueAt } from '../contract/errors.ts';
import { inEnglish, phrase, type Told } from '../contract/phrase.ts';
import type { TextPosition } from './toml-positions.ts';

export interface ConfigIssue {
  /** `pool.max_connections`, `targets.0.host`; empty when the text itself is at fault. */
  readonly path: string;
  /** In the file; null for a change that comes from elsewhere. */
  readonly position: TextPosition | null;
  /** What is wrong, the value included. */
  readonly wrong: Told;
  /** What may be written instead; empty when the fault says it. */
  readonly allowed: Told;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly file: string | null;
  readonly issues: readonly ConfigIssue[];

  /** All of it; the message is its English. */
  readonly told: Told;

  constructor(file: string | null, issues: readonly ConfigIssue[]) {
    const lines = issues.map((issue) => placed(file, issue));
    const [one = ''] = lines;
    const told =
      lines.length === 1
        ? one
        : phrase('config.faults', {
            faults: lines.length,
            lines: lines.reduceRight((more, line) => phrase('config.lines', { line, more })),
          });
    super(inEnglish(told));
    this.file = file;
    this.issues = issues;
    this.told = told;
  }

  /** For an answer over the contract: `at` is the key's path. */
  toContractIssues(): ContractIssue[] {
    return this.issues.map((issue) => issueAt(issue.path, faultOf(issue)));
  }

  /** The same for a text: `at` is `line:column`. */
  toTextIssues(): ContractIssue[] {
    return this.issues.map((issue) => {
      const { path, position } = issue;
      return issueAt(position ? `${position.line}:${position.column}` : path, faultOf(issue));
    });
  }

  toFaults(): ConfigFault[] {
    return this.issues.map((issue) => {
      const { path, position } = issue;
      return configFault(path, position, faultOf(issue));
    });
  }
}

export function configFault(path: string, position: TextPosition | null, told: Told): ConfigFault {
  const { at: _, ...words } = issueAt('', told);
  return { path, line: position?.line ?? null, column: position?.column ?? null, ...words };
}

/** `hotpool.toml:3:1: pool.max_connections = 0 is out of range; allowed: a whole number from 1 to 20,000` */
export function issueText(file: string | null, issue: ConfigIssue): string {
  return inEnglish(placed(file, issue));
}

function placed(file: string | null, issue: ConfigIssue): Told {
  const place = issue.position ? `:${issue.position.line}:${issue.position.column}` : '';
  return file === null ? faultOf(issue) : phrase('config.placed', { place: `${file}${place}`, what: faultOf(issue) });
}

function faultOf({ wrong, allowed }: ConfigIssue): Told {
  return allowed === '' ? wrong : phrase('config.fault', { what: wrong, allowed });
}

/** A value as it would stand in the file, cut where it is long. */
export function showValue(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
