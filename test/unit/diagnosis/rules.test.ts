import { describe, expect, it } from 'vitest';
import { changeConfig } from '../../../core/config/change-config.ts';
import { parseConfig } from '../../../core/config/load-config.ts';
import { configKeys } from '../../../core/config/schema.ts';
import { type DiagnosisRuleId, diagnosisRuleIds, findingSchema } from '../../../core/contract/diagnosis.ts';
import { findingText } from '../../../core/contract/finding-text.ts';
import { type Language, languages } from '../../../core/contract/language.ts';
import { Diagnostician, diagnosisRules } from '../../../core/diagnosis/diagnosis.ts';
import { sourceRows } from '../../../core/diagnosis/sources.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type Change, factsWith, failingIps, lastErrorOf } from './healthy-facts.ts';
import { ruleCases } from './rule-cases.ts';

function findingsOf(id: DiagnosisRuleId, change: Change) {
  let { atMs } = factsWith(change);
  const doctor = new Diagnostician(() => ({ ...factsWith(change), atMs }));
  doctor.run();
  // A figure of the moment has to hold; what the facts say of times stays as it is.
  const steady = diagnosisRules.find((rule) => rule.id === id)?.steadyMs ?? 0;
  atMs += steady;
  const { findings } = doctor.run();
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

describe('dials', () => {
  it('of a warm-up that runs are no cold starts', () => {
    const minute = { leases: 100, dials: 60 };
    expect(findingsOf('cold-starts', { minute })).toHaveLength(1);
    expect(findingsOf('cold-starts', { minute, run: { endedAtMs: null, state: 'running' } })).toEqual([]);
  });
});

it('each cause of failed dials has the number of its own, and none without any', () => {
  const change: Change = {
    minute: { dials: 578, dialFailures: 404 },
    past: { dialErrors: { 'timeout-tcp': 20, 'timeout-tls': 7, refused: 5, 'tls-certificate': 372 } },
    ips: failingIps(2, 'timeout-tcp'),
  };
  expect(findingsOf('dials-time-out', change)).toMatchObject([{ figures: { failed: 27, dials: 578 } }]);
  const refused = { ...change, ips: failingIps(2, 'refused') };
  expect(findingsOf('dials-refused', refused)).toMatchObject([{ figures: { failed: 5, dials: 578 } }]);
  expect(findingsOf('dials-refused', { ...refused, past: { dialErrors: { 'tls-certificate': 404 } } })).toEqual([]);
});

describe('dials that time out', () => {
  const minute = { dials: 10, dialFailures: 3 };
  const past = { dialErrors: { 'timeout-tcp': 3 } };
  const silent = (withinMs: number) =>
    failingIps(2, 'timeout-tcp').map((ip) => ({ ...ip, lastError: { ...lastErrorOf('timeout-tcp'), withinMs } }));

  it('by conn_timeout are remedied there, and those of a shorter deadline are not counted', () => {
    expect(findingsOf('dials-time-out', { minute, past, ips: silent(30_000) })).toMatchObject([
      { figures: { ips: 2, timeoutMs: 30_000 }, remedy: { changes: { 'pool.conn_timeout': 60 } } },
    ]);
    expect(findingsOf('dials-time-out', { minute, past, ips: silent(10_000) })).toEqual([]);
    // They waited as long as others do.
    const config = { 'pool.conn_timeout': 10 };
    expect(findingsOf('dials-time-out', { minute, past, ips: silent(10_000), config })).toHaveLength(1);
  });

  it('by the timeout of a warm-up are remedied by a warm-up with a longer, while it still goes on', () => {
    const errors = (count: number) => [{ class: 'timeout-tcp' as const, count, example: 'late' }];
    const running = { state: 'running', outcome: null, endedAtMs: null, done: 30 } as const;
    expect(findingsOf('warm-up-times-out', { run: { ...running, errors: errors(11) } })).toMatchObject([
      { figures: { timeoutMs: 10_000 }, remedy: { kind: 'warm-up', scenario: 'unstable-network' } },
    ]);
    expect(findingsOf('warm-up-times-out', { run: { ...running, errors: errors(10) } })).toEqual([]);
  });

  it('by conn_timeout are told whatever a warm-up beside them has given up by its own timeout', () => {
    const run = { errors: [{ class: 'timeout-tcp' as const, count: 11, example: 'late' }], endedAtMs: null };
    expect(findingsOf('dials-time-out', { minute, past, run, ips: silent(10_000) })).toEqual([]);
    expect(findingsOf('dials-time-out', { minute, past, run, ips: silent(30_000) })).toHaveLength(1);
  });

  it('of a warm-up whose dials conn_timeout ends first are remedied there', () => {
    const run = { errors: [{ class: 'timeout-tls' as const, count: 11, example: 'late' }] };
    expect(findingsOf('warm-up-times-out', { run, config: { 'pool.conn_timeout': 4 } })).toMatchObject([
      { figures: { timeoutMs: 4_000 }, remedy: { kind: 'config', changes: { 'pool.conn_timeout': 10 } } },
    ]);
  });
});

describe('a remedy', () => {
  const cold = { leases: 100, dials: 60 };

  it('is none for connections that cannot be made', () => {
    expect(findingsOf('cold-starts', { minute: { ...cold, dialFailures: 60 } })).toEqual([]);
    expect(findingsOf('scenario-low-latency', { minute: { ...cold, coldMs: 61, dialFailures: 60 } })).toEqual([]);
    const waits = { host: { waiting: 1, healthy: 0 } };
    expect(findingsOf('host-cold', waits)).toMatchObject([{ remedy: { kind: 'warm-up' } }]);
    expect(findingsOf('host-cold', { ...waits, ips: failingIps(10, 'tls-certificate') })).toMatchObject([
      { remedy: null },
    ]);
  });

  it('brings the room for the floor that it sets', () => {
    const remedyFor = (config: NonNullable<Change['config']>) =>
      findingsOf('cold-starts', { minute: cold, config })[0]?.remedy;
    expect(remedyFor({})).toEqual({ kind: 'config', changes: { 'pool.min_idle_per_host': 2 } });
    expect(remedyFor({ 'pool.max_idle_conns': 1 })).toEqual({
      kind: 'config',
      changes: { 'pool.min_idle_per_host': 2, 'pool.max_idle_conns': 20 },
    });
    expect(remedyFor({ 'pool.min_idle_per_host': 4, 'pool.max_idle_conns': 3 })).toEqual({
      kind: 'config',
      changes: { 'pool.max_idle_conns': 20 },
    });
    expect(remedyFor({ 'pool.min_idle_per_host': 4 })).toMatchObject({ kind: 'warm-up' });
    expect(remedyFor({ 'pool.max_connections': 1 })).toMatchObject({ kind: 'warm-up' });
  });
});

it('what is many times the usual is said as a multiple of it', () => {
  const text = (aboveShare: number, language: Language): string =>
    findingText({ rule: 'warm-up-slower-than-usual', figures: { aboveShare, usualMs: 25 } }, language).text;
  expect(text(0.51, 'en').replaceAll('\u202f', ' ')).toContain('was 51 % above the 25 ms of quiet minutes');
  expect(text(121.155, 'en')).toContain('was 122 times the');
  expect(text(121.155, 'zh')).toContain('为其 122 倍');
});

it('a class of error has one name, in the diagnosis as on the screen', () => {
  const figures = { errorClass: 'tls-certificate', ips: 5, failingIps: 5 };
  expect(findingText({ rule: 'failures-of-one-class', figures }, 'en').text).toContain('“bad certificate”');
  expect(findingText({ rule: 'failures-of-one-class', figures }, 'zh').text).toContain('“证书无效”');
});

describe('trouble of this machine', () => {
  it('is named in the language of who reads of it', () => {
    const [finding] = findingsOf('machine-offline', ruleCases['machine-offline'].fires);
    const textIn = (language: Language): string => (finding ? findingText(finding, language).text : '');
    expect(textIn('en')).toContain('the network of this machine is down (ENETDOWN), for 5');
    expect(textIn('zh')).toContain('本机网络已断开（ENETDOWN）');
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
      if (id.startsWith('preset-')) {
        expect(lines.length, 'as many as it says that differ').toBe(finding?.figures.keys);
      }
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

  it('goes on when the time of day is set back: it asks by itself, and does not keep what is well', async () => {
    const clock = new ManualClock();
    let delayMs = 80;
    let asked = 0;
    const doctor = new Diagnostician(() => {
      asked += 1;
      return { ...factsWith({ engine: { loopDelayP99Ms: delayMs } }), atMs: clock.epochMs() };
    });
    const stop = doctor.watch(clock);
    const isLate = (): boolean => doctor.run().findings.some(({ rule }) => rule === 'loop-late');
    await clock.advance(60_000);
    expect(isLate()).toBe(true);
    clock.jump(-3_600_000);
    delayMs = 10;
    const before = asked;
    await clock.advance(60_000);
    expect(asked).toBeGreaterThanOrEqual(before + 3);
    expect(isLate()).toBe(false);
    stop();
  });

  it('does not claim to know what was found long ago', () => {
    let nowMs = 0;
    const doctor = new Diagnostician(() => ({ ...factsWith({ config: { 'alerts.success_rate': 0 } }), atMs: nowMs }));
    doctor.run();
    nowMs = 120_000;
    expect(doctor.run().findings[0]?.sinceMs).toBe(120_000);
  });

  it('tells a figure of the moment when it has held for half a minute, and until it has been well for as long', () => {
    let delayMs = 80;
    let nowMs = 0;
    const doctor = new Diagnostician(() => ({ ...factsWith({ engine: { loopDelayP99Ms: delayMs } }), atMs: nowMs }));
    const toldAt = (atMs: number, p99Ms: number): boolean => {
      [nowMs, delayMs] = [atMs, p99Ms];
      return doctor.run().findings.some(({ rule }) => rule === 'loop-late');
    };
    expect([toldAt(0, 80), toldAt(15_000, 80), toldAt(20_000, 10), toldAt(25_000, 80)]).toEqual(Array(4).fill(false));
    expect([toldAt(40_000, 80), toldAt(55_000, 80), toldAt(60_000, 10), toldAt(84_000, 10)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(toldAt(86_000, 10)).toBe(false);
  });

  it('asks by itself, so that who opens the view is told since when', async () => {
    const clock = new ManualClock();
    const change: Change = { config: { 'alerts.success_rate': 0 } };
    const doctor = new Diagnostician(() => ({ ...factsWith(change), atMs: clock.epochMs() }));
    const stop = doctor.watch(clock);
    const beganMs = clock.epochMs();
    await clock.advance(300_000);
    expect(doctor.run().findings[0]?.sinceMs).toBe(beganMs + 15_000);
    stop();
  });
});
