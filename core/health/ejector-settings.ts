/** What the keeper and the ejector take from the settings. */
import type { EngineSettings, HealthSettings } from '../config/settings.ts';

export type IpHealthSettings = Pick<EngineSettings, 'health' | 'pool'>;

export interface EjectorSettings
  extends Pick<HealthSettings, 'ejectBaseMs' | 'ejectMaxMs' | 'maxEjectedShare' | 'panicShare'> {
  readonly blacklistCheckIntervalMs: number;
}

export function ejectorSettings({ health, pool }: IpHealthSettings): EjectorSettings {
  const { ejectBaseMs, ejectMaxMs, maxEjectedShare, panicShare } = health;
  const { blacklistCheckIntervalMs } = pool;
  return { ejectBaseMs, ejectMaxMs, maxEjectedShare, panicShare, blacklistCheckIntervalMs };
}
