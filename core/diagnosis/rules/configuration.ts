/** Settings that do not fit what is measured, and things that nobody looks at. */
import { type ConfigPath, configKeys, isConfigPath } from '../../config/schema.ts';
import type { ConfigValue } from '../../contract/config.ts';
import type { DiagnosisRuleId } from '../../contract/diagnosis.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { type DiagnosisRule, rule, setting } from '../rule.ts';
import type { SourceId } from '../sources.ts';

const troubleShare = 0.95;
const tellingRequests = 20;
const calmUptimeMs = 600_000;
/** Nobody runs a load in the very minutes in which he tries out settings. */
const settledMs = 600_000;
const untestedMs = 86_400_000;

export const configurationRules: readonly DiagnosisRule[] = [
  rule('pace-fixed', ['001.monitoring.4', '002.monitoring.2'], ({ config, statistics: { last60s } }) => {
    const least = config['dial.concurrency_min'];
    const most = config['dial.concurrency_max'];
    const failing = last60s.dials >= 10 && last60s.dialFailures > last60s.dials * 0.1;
    return least !== most || !failing
      ? null
      : {
          severity: 'advice',
          figures: { dials: last60s.dials, failed: last60s.dialFailures, concurrency: most },
          config: ['dial.concurrency_min', 'dial.concurrency_max'],
          remedy: setting({
            'dial.concurrency_min': Math.min(most, configKeys['dial.concurrency_min'].default),
            'dial.concurrency_max': Math.max(most, configKeys['dial.concurrency_max'].default),
          }),
        };
  }),
  presetRule('low', 'preset-low-fits', ['004.presets.1']),
  presetRule('medium', 'preset-medium-fits', ['004.presets.2']),
  presetRule('high', 'preset-high-fits', ['004.presets.3']),
  rule(
    'outside-recommended',
    [
      '004.settings.1',
      '004.settings.2',
      '004.settings.3',
      '004.settings.4',
      '004.settings.5',
      '004.settings.6',
      '004.settings.7',
      '004.settings.8',
      '004.settings.9',
    ],
    ({ outside, config }) => {
      const paths = outside.filter(isConfigPath);
      return paths.length === 0
        ? null
        : {
            severity: 'note',
            figures: { keys: paths.length, names: paths.join(', ') },
            config: paths,
            remedy: setting(Object.fromEntries(paths.map((path) => [path, nearest(path, config[path])]))),
          };
    },
  ),
  rule('alerts-off', ['001.errors.3', '004.key-points.5'], ({ config }) => {
    const never = (['alerts.success_rate', 'alerts.healthy_share', 'alerts.reuse_rate'] as const).filter(
      (path) => config[path] === 0,
    );
    return never.length === 0
      ? null
      : {
          severity: 'note',
          figures: { names: never.join(', ') },
          config: never,
          remedy: setting(Object.fromEntries(never.map((path) => [path, configKeys[path].default]))),
        };
  }),
  rule(
    'log-too-quiet',
    ['000.monitoring.1', '000.tips.1', '001.errors.2', '001.tips.1', '003.steps.2', '004.key-points.6'],
    ({ config, statistics: { last60s } }) => {
      const level = config['pool.log_level'];
      return (level !== 'warn' && level !== 'error') ||
        last60s.totalRequests < tellingRequests ||
        last60s.successRate >= troubleShare
        ? null
        : {
            severity: 'note',
            figures: { level, successShare: last60s.successRate },
            config: ['pool.log_level'],
            remedy: setting({ 'pool.log_level': 'debug' }),
          };
    },
  ),
  rule('log-too-loud', [], ({ config, statistics: { last60s, engine, verdict } }) =>
    config['pool.log_level'] !== 'debug' ||
    engine.uptimeMs < calmUptimeMs ||
    verdict.level !== 'healthy' ||
    last60s.totalRequests < tellingRequests
      ? null
      : {
          severity: 'note',
          figures: { uptimeMs: engine.uptimeMs },
          config: ['pool.log_level'],
          remedy: setting({ 'pool.log_level': 'info' }),
        },
  ),
  rule('limits-untested', ['000.tips.3', '001.tips.3', '003.steps.5'], ({ atMs, limitsChangedAtMs, loadRunAtMs }) =>
    limitsChangedAtMs === null ||
    atMs - limitsChangedAtMs < settledMs ||
    atMs - limitsChangedAtMs > untestedMs ||
    (loadRunAtMs ?? 0) > limitsChangedAtMs
      ? null
      : { severity: 'note', figures: { agoMs: Math.max(0, atMs - limitsChangedAtMs) } },
  ),
  rule('history-stopped', ['000.tips.2', '001.monitoring.1', '001.tips.2'], ({ historyTrouble }) =>
    historyTrouble === null ? null : { severity: 'problem', figures: { reason: historyTrouble } },
  ),
];

function presetRule(name: 'low' | 'medium' | 'high', id: DiagnosisRuleId, sources: readonly SourceId[]): DiagnosisRule {
  return rule(id, sources, ({ preset, requestsPerSecond }: DiagnosisFacts) =>
    preset?.name !== name || preset.diff.length === 0
      ? null
      : {
          severity: 'note',
          figures: { requestsPerSecond: requestsPerSecond ?? 0, keys: preset.diff.length },
          config: preset.diff.map(({ path }) => path).filter(isConfigPath),
          // What is so already is no change.
          remedy: setting(
            Object.fromEntries(
              Object.entries(preset.values).filter(([path]) => preset.diff.some((one) => one.path === path)),
            ),
          ),
        },
  );
}

/** The nearest value that is recommended. */
function nearest(path: ConfigPath, value: ConfigValue): ConfigValue | null {
  const key = configKeys[path];
  const range = 'recommended' in key ? key.recommended : null;
  return range && typeof value === 'number' ? Math.min(Math.max(value, range[0]), range[1]) : null;
}
