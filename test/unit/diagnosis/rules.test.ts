import { describe, expect, it } from 'vitest';
import { changeConfig } from '../../../core/config/change-config.ts';
import { parseConfig } from '../../../core/config/load-config.ts';
import { configKeys } from '../../../core/config/schema.ts';
import { type DiagnosisRuleId, diagnosisRuleIds, findingSchema } from '../../../core/contract/diagnosis.ts';
import { findingText } from '../../../core/contract/finding-text.ts';
import { languages } from '../../../core/contract/language.ts';
import { Diagnostician, diagnosisRules } from '../../../core/diagnosis/diagnosis.ts';
import { sourceRows } from '../../../core/diagnosis/sources.ts';
import { type Change, factsWith } from './healthy-facts.ts';
import { ruleCases } from './rule-cases.ts';

function findingsOf(id: DiagnosisRuleId, change: Change) {
  const { findings } = new Diagnostician(() => factsWith(change)).run();
  return findings.filter((finding) => finding.rule === id);
}

it('nothing is found where nothing is wrong', () => {
  expect(new Diagnostician(() => factsWith()).run()).toMatchObject({ findings: [], rules: diagnosisRuleIds.length });
});

describe('the specification', () => {
  it('has a rule for each row of its tables of troubles, tuning and diagnosis', () => {
    const covered = new Set<string>(diagnosisRules.flatMap(({ sources }) => sources));
    expect(sourceRows.filter(({ id }) => !covered.has(id))).toEqual([]);
  });

  it('has each rule once', () => {
    expect(diagnosisRules.map(({ id }) => id).sort()).toEqual([...diagnosisRuleIds].sort());
  });
});

describe.each(diagnosisRuleIds)('%s', (id) => {
  const { fires, quiet } = ruleCases[id];
  const [finding] = findingsOf(id, fires);

  it('is found, and is not found just short of it', () => {
    expect(finding).toBeDefined();
    expect(findingSchema.parse(finding)).toEqual(finding);
    expect(findingsOf(id, quiet)).toEqual([]);
  });

  it.each(languages)('is said in %s with every figure filled in', (language) => {
    if (!finding) {
      throw new Error('nothing was found');
    }
    const { title, text, cause, advice, prevention } = findingText(finding, language);
    const all = [title, text, cause, advice, prevention];
    for (const sentence of all) {
      expect(sentence.length).toBeGreaterThan(3);
      expect(sentence).not.toMatch(/undefined|NaN|–/);
    }
    const isChinese = (sentence: string): boolean => /\p{Script=Han}/u.test(sentence);
    expect([title, cause, advice, prevention].every((sentence) => isChinese(sentence) === (language === 'zh'))).toBe(
      true,
    );
  });

  it('counts one as one', () => {
    const figures = Object.fromEntries(
      Object.entries(finding?.figures ?? {}).map(([name, value]) => [
        name,
        typeof value === 'number' && !/Share$|Ms$|Bytes$|PerSecond$/.test(name) ? 1 : value,
      ]),
    );
    expect(findingText({ rule: id, figures }, 'en').text).not.toMatch(
      /\b1 (callers|checks|connections|dials|hosts|IPs|keys|leases|requests|retries)\b/,
    );
  });

  it('names keys that there are, and a remedy that can be applied', () => {
    for (const { path } of finding?.config ?? []) {
      expect(Object.keys(configKeys)).toContain(path);
    }
    const remedy = finding?.remedy;
    if (remedy?.kind === 'config') {
      const values = { ...factsWith(fires).config };
      const lines = Object.entries(remedy.changes);
      expect(lines.length).toBeGreaterThan(0);
      const current = parseConfig('', 'hotpool.toml');
      const changed = changeConfig(current, { changes: remedy.changes, targets: { set: [], remove: [] } });
      expect(
        lines.every(([path, value]) =>
          Object.entries(changed.values).some(([key, to]) => key === path && to === value),
        ),
      ).toBe(true);
      expect(
        lines.some(([path, value]) => Object.entries(values).some(([key, was]) => key === path && was !== value)),
      ).toBe(true);
    }
  });
});

describe('a diagnosis', () => {
  it('puts problems first, then what has been so for longest', () => {
    let change: Change = { config: { 'alerts.success_rate': 0 } };
    let nowMs = 0;
    const doctor = new Diagnostician(() => ({ ...factsWith(change), atMs: nowMs }));
    doctor.run();
    nowMs = 5_000;
    change = {
      ...change,
      statistics: { leasesOverLeakThreshold: 2 },
      config: { ...change.config, 'pool.cleanup_interval': 500 },
    };
    expect(doctor.run().findings.map(({ rule, sinceMs }) => [rule, sinceMs])).toEqual([
      ['leases-leak', 5_000],
      ['cleanup-late', 5_000],
      ['alerts-off', 0],
    ]);
  });

  it('does not claim to know what was found long ago', () => {
    let nowMs = 0;
    const doctor = new Diagnostician(() => ({ ...factsWith({ config: { 'alerts.success_rate': 0 } }), atMs: nowMs }));
    doctor.run();
    nowMs = 120_000;
    expect(doctor.run().findings[0]?.sinceMs).toBe(120_000);
  });
});
