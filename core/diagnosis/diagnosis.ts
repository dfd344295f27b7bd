/** Asks every rule, and remembers since when each thing is found. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { Diagnosis, Finding, FindingSeverity } from '../contract/diagnosis.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import type { DiagnosisRule, Found } from './rule.ts';
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
/** How often the rules are asked while nobody looks, so that who looks is told since when. */
const everyMs = 15_000;

interface Known {
  readonly sinceMs: number;
  /** When it was found last. */
  readonly lastMs: number;
  readonly isTold: boolean;
  readonly finding: Finding;
}

export class Diagnostician {
  readonly #facts: () => DiagnosisFacts;
  #known = new Map<string, Known>();
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(facts: () => DiagnosisFacts) {
    this.#facts = facts;
  }

  /** Asks again and again from now on; returns the function that stops it. */
  watch(clock: Clock): () => void {
    return repeat(clock, everyMs, () => {
      const agoMs = clock.epochMs() - this.#askedAtMs;
      if (agoMs >= everyMs || agoMs < 0) {
        this.run();
      }
    });
  }

  run(): Diagnosis {
    const facts = this.#facts();
    const { atMs } = facts;
    const agoMs = atMs - this.#askedAtMs;
    // A clock that was set back would keep for as long what is not found any more.
    const before = agoMs > forgottenAfterMs || agoMs < 0 ? new Map<string, Known>() : this.#known;
    const known = new Map<string, Known>();
    for (const rule of diagnosisRules) {
      const { steadyMs = 0 } = rule;
      for (const found of rule.find(facts)) {
        const finding = findingOf(rule, found, facts);
        const key = keyOf(finding);
        const last = before.get(key);
        const sinceMs = last?.sinceMs ?? atMs;
        const isTold = last?.isTold === true || atMs - sinceMs >= steadyMs;
        known.set(key, { sinceMs, lastMs: atMs, isTold, finding: { ...finding, sinceMs } });
      }
      for (const [key, last] of before) {
        const isRecent = last.isTold && atMs - last.lastMs < steadyMs;
        if (last.finding.rule === rule.id && !known.has(key) && isRecent) {
          known.set(key, last);
        }
      }
    }
    this.#known = known;
    this.#askedAtMs = atMs;
    const findings = Array.from(known.values()).flatMap(({ isTold, finding }) => (isTold ? [finding] : []));
    findings.sort((one, other) => rank[one.severity] - rank[other.severity] || one.sinceMs - other.sinceMs);
    return { atMs, findings, rules: diagnosisRules.length };
  }
}

function findingOf({ id, sources }: DiagnosisRule, found: Found, { atMs, config: values }: DiagnosisFacts): Finding {
  const { severity, subject = { kind: 'pool' }, figures, config = [], remedy = null } = found;
  return {
    rule: id,
    sources: [...sources],
    severity,
    subject,
    figures,
    config: config.map((path) => ({ path, value: values[path] })),
    remedy,
    sinceMs: atMs,
  };
}

function keyOf({ rule, subject }: Finding): string {
  switch (subject.kind) {
    case 'pool':
      return `${rule} pool`;
    case 'host':
      return `${rule} host ${subject.host}`;
    case 'warm-up':
      return `${rule} warm-up ${subject.runId}`;
  }
}
