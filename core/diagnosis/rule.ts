/** What a rule is, and the few things that many of them say. */
import { type ConfigPath, type ConfigValues, configKeys } from '../config/schema.ts';
import type { ConfigValue } from '../contract/config.ts';
import type { DiagnosisRuleId, Finding, FindingFigures, FindingSubject, Remedy } from '../contract/diagnosis.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import type { SourceId } from './sources.ts';

/** What a rule finds; the rest of a {@link Finding} is added for it. */
export interface Found {
  readonly severity: Finding['severity'];
  /** The pool when it is left out. */
  readonly subject?: FindingSubject;
  readonly figures: FindingFigures;
  /** The keys that it has to do with. */
  readonly config?: readonly ConfigPath[];
  readonly remedy?: Remedy | null;
}

export interface DiagnosisRule {
  readonly id: DiagnosisRuleId;
  /** The rows of the specification that it stands for; none for what this pool can say beyond it. */
  readonly sources: readonly SourceId[];
  /**
   * It judges a figure of the moment that a busy second moves: it is told when it was found each time for so long, and no
   * more when it was not found for as long. Without it: at once.
   */
  readonly steadyMs?: number;
  /** Pure, and cheap: asked every few seconds. Nothing when all is well. */
  find(facts: DiagnosisFacts): readonly Found[];
}

/** As long as an alert is held before it fires. */
const steadyMs = 30_000;

/** A {@link rule} about a figure of the moment. */
export function steadyRule(...given: Parameters<typeof rule>): DiagnosisRule {
  return { ...rule(...given), steadyMs };
}

/** A rule that has one finding at most. */
export function rule(
  id: DiagnosisRuleId,
  sources: readonly SourceId[],
  find: (facts: DiagnosisFacts) => Found | null,
): DiagnosisRule {
  return {
    id,
    sources,
    find: (facts) => {
      const found = find(facts);
      return found ? [found] : [];
    },
  };
}

/** Connections that are neither being made nor gone. */
export function established({ statistics }: DiagnosisFacts): number {
  const { totalConnections, dialingConnections, validatingConnections } = statistics;
  return totalConnections - dialingConnections - validatingConnections;
}

/** How often something happens to one connection in a minute, over the recent past. */
export function perConnectionMinute(times: number, { past, statistics }: DiagnosisFacts): number {
  const minutes = Math.max(past.spanMs, 60_000) / 60_000;
  return times / minutes / Math.max(1, statistics.totalConnections);
}

/** The last warm-up that has ended and had something to do. */
export function lastWarmUp({ warmUps }: DiagnosisFacts): DiagnosisFacts['warmUps'][number] | undefined {
  return warmUps.findLast(({ state, outcome, done }) => state === 'finished' && outcome !== 'cancelled' && done > 0);
}

/** `value` times `factor`, whole, and within what the key allows; null when the key cannot be raised any more. */
export function raised(config: ConfigValues, path: NumberPath, factor: number): number | null {
  const most = configKeys[path].hard?.[1] ?? config[path];
  const wanted = Math.min(most, Math.ceil(config[path] * factor));
  return wanted > config[path] ? wanted : null;
}

/** The other way; never below the least that the key allows. */
export function lowered(config: ConfigValues, path: NumberPath, factor: number): number | null {
  const least = configKeys[path].hard?.[0] ?? config[path];
  const wanted = Math.max(least, Math.floor(config[path] * factor));
  return wanted < config[path] ? wanted : null;
}

export type NumberPath = {
  [Path in ConfigPath]: ConfigValues[Path] extends number ? Path : never;
}[ConfigPath];

/** A remedy that sets these keys; null when there is nothing to set. */
export function setting(changes: Readonly<Partial<Record<ConfigPath, ConfigValue | null>>>): Remedy | null {
  const wanted: [string, ConfigValue][] = [];
  for (const [path, value] of Object.entries(changes)) {
    if (value !== null && value !== undefined) {
      wanted.push([path, value]);
    }
  }
  return wanted.length === 0 ? null : { kind: 'config', changes: Object.fromEntries(wanted) };
}
