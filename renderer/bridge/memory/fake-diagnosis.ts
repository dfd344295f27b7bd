/** What a diagnosis of the made-up pool finds, for the gallery: one of each severity. */
import type { Diagnosis } from '../../../core/contract/diagnosis.ts';

export function fakeDiagnosis(atMs: number): Diagnosis {
  return {
    atMs,
    rules: 69,
    findings: [
      {
        rule: 'leases-leak',
        sources: ['000.trouble.3', '001.trouble.4'],
        severity: 'problem',
        subject: { kind: 'pool' },
        figures: { leases: 2, thresholdMs: 60_000 },
        config: [{ path: 'pool.leak_threshold', value: 60 }],
        remedy: null,
        sinceMs: atMs - 95_000,
      },
      {
        rule: 'reuse-low',
        sources: ['004.performance.1'],
        severity: 'advice',
        subject: { kind: 'pool' },
        figures: { reuseShare: 0.31, leases: 1_240, thresholdShare: 0.5 },
        config: [
          { path: 'pool.max_idle_conns', value: 20 },
          { path: 'pool.idle_timeout', value: 60 },
        ],
        remedy: { kind: 'config', changes: { 'pool.max_idle_conns': 50 } },
        sinceMs: atMs - 240_000,
      },
      {
        rule: 'preset-medium-fits',
        sources: ['004.presets.2'],
        severity: 'note',
        subject: { kind: 'pool' },
        figures: { requestsPerSecond: 42.5, keys: 3 },
        config: [{ path: 'pool.max_connections', value: 300 }],
        remedy: { kind: 'config', changes: { 'pool.max_connections': 100 } },
        sinceMs: atMs - 600_000,
      },
    ],
  };
}
