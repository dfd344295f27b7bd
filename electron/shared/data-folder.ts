/** Where a console without `--data` keeps its lists and settings: the place its platform gives to applications. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export interface PlatformFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const folderName = 'hotpool-console';

const thisPlatform: PlatformFacts = { platform: process.platform, env: process.env, home: homedir() };

/**
 * Linux and the like: `$XDG_DATA_HOME/hotpool-console`, by default `~/.local/share`; the specification says that a path
 * that is not absolute is to be ignored. macOS: `~/Library/Application Support`; Windows: `%APPDATA%`.
 */
export function defaultDataFolder({ platform, env, home }: PlatformFacts = thisPlatform): string {
  if (platform === 'win32') {
    return join(env.APPDATA || join(home, 'AppData', 'Roaming'), folderName);
  }
  if (platform === 'darwin') {
    return join(home, 'Library', 'Application Support', folderName);
  }
  const named = env.XDG_DATA_HOME ?? '';
  return join(isAbsolute(named) ? named : join(home, '.local', 'share'), folderName);
}
