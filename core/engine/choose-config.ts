/** Which configuration the engine runs on: the file that was named, else the data folder's own, else the demo. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../base/system-fault.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';

/** The operator's configuration in the data folder; Settings writes it, and it is read when no file is named. */
export const ownConfigName = 'hotpool.toml';

export interface ConfigWish {
  /** `--config`; it wins over everything. */
  readonly configFile: string | null;
  /** `--demo`: the demo even when the data folder has a configuration. `endpoints` null: as many as it likes. */
  readonly demo: { readonly endpoints: number | null } | null;
  readonly dataFolder: string;
}

export type ChosenConfig =
  | { readonly mode: 'config'; readonly config: LoadedConfig }
  | { readonly mode: 'demo'; readonly endpoints: number | null };

/**
 * Reads and checks; opens nothing.
 * @throws ConfigError with every fault, its place, and what is allowed.
 */
export async function chooseConfig({ configFile, demo, dataFolder }: ConfigWish): Promise<ChosenConfig> {
  if (configFile !== null) {
    return { mode: 'config', config: await loadConfig(configFile) };
  }
  const own = join(dataFolder, ownConfigName);
  if (!demo && (await isThere(own))) {
    return { mode: 'config', config: await loadConfig(own) };
  }
  return { mode: 'demo', endpoints: demo?.endpoints ?? null };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    // One that is there and cannot be read is a fault to be told, not a reason to show the demo.
    return !isMissing(error);
  }
}
