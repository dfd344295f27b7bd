/** The facts that the diagnosis judges by, of the running engine. */
import { totalmem } from 'node:os';
import { configPaths } from '../config/schema.ts';
import type { IpHealthView, RememberedPast, WarmUpRuns } from '../console/console-ports.ts';
import type { PhraseCode } from '../contract/phrase.ts';
import type { DiagnosisFacts } from '../diagnosis/diagnosis-facts.ts';
import type { RecentPastWatch } from '../diagnosis/recent-past.ts';
import type { LoadRuns } from '../load/load-runs.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import type { LiveConfig } from './live-config.ts';

export interface EngineFactsParts {
  readonly pool: Pick<PoolView, 'statistics'>;
  readonly health: Pick<IpHealthView, 'picture'>;
  readonly warmUps: Pick<WarmUpRuns, 'runs'>;
  readonly config: Pick<LiveConfig, 'values' | 'warnings' | 'presets' | 'state'>;
  readonly past: RecentPastWatch;
  readonly history: Pick<RememberedPast, 'status'>;
  readonly load: Pick<LoadRuns, 'lastEndedAtMs'>;
}

const outsideRecommended = 'config.outside-recommended' satisfies PhraseCode;

export function engineFacts({ pool, health, warmUps, config, past, history, load }: EngineFactsParts): DiagnosisFacts {
  const statistics = pool.statistics();
  const { presets, suggested, requestsPerSecond } = config.presets();
  // The demo sets its own limits so that a warm-up of its whole fleet fits: no preset is meant for it.
  const fitting = config.state().file === null ? undefined : presets.find(({ name }) => name === suggested);
  return {
    atMs: statistics.atMs,
    statistics,
    health: health.picture(),
    config: config.values,
    outside: configPaths.filter((path) =>
      config.warnings.some(({ code, gaps }) => code === outsideRecommended && gaps.path === path),
    ),
    preset: fitting ?? null,
    requestsPerSecond,
    warmUps: warmUps.runs(),
    past: past.read(),
    limitsChangedAtMs: past.limitsChangedAtMs,
    loadRunAtMs: load.lastEndedAtMs,
    memoryBytes: totalmem(),
    historyTrouble: history.status().fault,
  };
}
