/**
 * A process for `kill -9`: changes a key of `hotpool.toml` in a folder for ever and prints one line with the value of each
 * change that was confirmed. Argument: the folder, in which the file is.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../core/base/clock.ts';
import { ConfigFile } from '../../core/config/config-file.ts';
import { ConfigVersions } from '../../core/config/config-versions.ts';
import { loadConfig } from '../../core/config/load-config.ts';
import { LiveConfig } from '../../core/engine/live-config.ts';

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('usage: config-writer.ts FOLDER');
}
const file = join(folder, 'hotpool.toml');
const live = new LiveConfig({
  config: await loadConfig(file),
  file: new ConfigFile({ file, clock: systemClock }),
  versions: new ConfigVersions(folder, file),
  clock: systemClock,
  events: { emit: () => undefined },
  open: () => [],
  samplesSince: () => [],
  apply: () => undefined,
});
for (let idle = 31; ; idle = idle === 120 ? 31 : idle + 1) {
  await live.update({ changes: { 'pool.idle_timeout': idle }, targets: { set: [], remove: [] } });
  writeSync(1, `${idle}\n`);
}
