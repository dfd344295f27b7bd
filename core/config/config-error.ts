/** What is wrong with a configuration, in words that an operator can act on. */
import type { ConfigFault } from '../contract/config.ts';
import type { ContractIssue } from '../contract/errors.ts';
import type { TextPosition } from './toml-positions.ts';

export interface ConfigIssue {
  /** `pool.max_connections`, `targets.0.host`; empty when the text itself is at fault. */
  readonly path: string;
  /** In the file; null for a change that comes from elsewhere. */
  readonly position: TextPosition | null;
  /** What is wrong, the value included. */
  readonly message: string;
  /** What may be written instead; empty when the message says it. */
  readonly allowed: string;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly file: string | null;
  readonly issues: readonly ConfigIssue[];

  constructor(file: string | null, issues: readonly ConfigIssue[]) {
    const lines = issues.map((issue) => issueText(file, issue));
    super(lines.length === 1 ? lines[0] : `the configuration has ${lines.length} faults:\n${lines.join('\n')}`);
    this.file = file;
    this.issues = issues;
  }

  /** For an answer over the contract: `at` is the key's path. */
  toContractIssues(): ContractIssue[] {
    return this.issues.map((issue) => ({ at: issue.path, message: sentence(issue) }));
  }

  /** The same for a text: `at` is `line:column`. */
  toTextIssues(): ContractIssue[] {
    return this.toFaults().map(({ path, line, column, message }) => ({
      at: line === null ? path : `${line}:${column}`,
      message,
    }));
  }

  toFaults(): ConfigFault[] {
    return this.issues.map((issue) => ({
      path: issue.path,
      line: issue.position?.line ?? null,
      column: issue.position?.column ?? null,
      message: sentence(issue),
    }));
  }
}

/** `hotpool.toml:3:1: pool.max_connections = 0 is out of range; allowed: a whole number from 1 to 20,000` */
export function issueText(file: string | null, issue: ConfigIssue): string {
  const place = issue.position ? `:${issue.position.line}:${issue.position.column}` : '';
  return file === null ? sentence(issue) : `${file}${place}: ${sentence(issue)}`;
}

function sentence({ message, allowed }: ConfigIssue): string {
  return allowed === '' ? message : `${message}; allowed: ${allowed}`;
}

/** A value as it would stand in the file, cut where it is long. */
export function showValue(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
