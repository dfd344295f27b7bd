/** Asks every rule, and remembers since when each thing is found. */
import type { Diagnosis, Finding, FindingSeverity, FindingSubject } from '../contract/diagnosis.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import type { DiagnosisRule } from './rule.ts';
import { configurationRules } from './rules/configuration.ts';
import { dialingRules } from './rules/dialing.ts';
import { engineRules } from './rules/engine.ts';
import { healthRules } from './rules/health.ts';
import { listRules } from './rules/lists.ts';
import { recyclingRules } from './rules/recycling.ts';
import { requestRules } from './rules/requests.ts';
import { warmUpRules } from './rules/warm-up.ts';

export const diagnosisRules: readonly DiagnosisRule[] = [
  ...requestRules,
  ...recyclingRules,
  ...healthRules,
  ...dialingRules,
  ...warmUpRules,
  ...listRules,
  ...engineRules,
  ...configurationRules,
];

const rank: Readonly<Record<FindingSeverity, number>> = { problem: 0, advice: 1, note: 2 };
/** Not asked for so long: what is found then is found anew. */
const forgottenAfterMs = 60_000;

export class Diagnostician {
  readonly #facts: () => DiagnosisFacts;
  #found = new Map<string, number>();
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(facts: () => DiagnosisFacts) {
    this.#facts = facts;
  }

  run(): Diagnosis {
    const facts = this.#facts();
    const { atMs } = facts;
    const before = atMs - this.#askedAtMs > forgottenAfterMs ? new Map<string, number>() : this.#found;
    const found = new Map<string, number>();
    const findings = diagnosisRules.flatMap((rule) =>
      rule.find(facts).map(({ severity, subject = { kind: 'pool' }, figures, config = [], remedy = null }): Finding => {
        const key = `${rule.id} ${keyOf(subject)}`;
        const sinceMs = before.get(key) ?? atMs;
        found.set(key, sinceMs);
        return {
          rule: rule.id,
          sources: [...rule.sources],
          severity,
          subject,
          figures,
          config: config.map((path) => ({ path, value: facts.config[path] })),
          remedy,
          sinceMs,
        };
      }),
    );
    this.#found = found;
    this.#askedAtMs = atMs;
    findings.sort((one, other) => rank[one.severity] - rank[other.severity] || one.sinceMs - other.sinceMs);
    return { atMs, findings, rules: diagnosisRules.length };
  }
}

function keyOf(subject: FindingSubject): string {
  switch (subject.kind) {
    case 'pool':
      return 'pool';
    case 'host':
      return `host ${subject.host}`;
    case 'warm-up':
      return `warm-up ${subject.runId}`;
  }
}
