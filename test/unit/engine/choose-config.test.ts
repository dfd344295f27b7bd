import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError } from '../../../core/config/config-error.ts';
import { chooseConfig } from '../../../core/engine/choose-config.ts';

const target = (host: string): string => `[[targets]]\nhost = "${host}"\n`;
let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'hotpool-config-'));
});

afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

async function chosenHost(wish: Partial<Parameters<typeof chooseConfig>[0]>): Promise<string> {
  const chosen = await chooseConfig({ configFile: null, demo: null, dataFolder, ...wish });
  return chosen.mode === 'demo' ? `demo ${chosen.endpoints}` : (chosen.config.settings.targets[0]?.host.name ?? 'none');
}

it('without a file anywhere it is the demo', async () => {
  expect(await chosenHost({})).toBe('demo null');
  expect(await chosenHost({ demo: { endpoints: 9 } })).toBe('demo 9');
  expect(await chosenHost({ dataFolder: join(dataFolder, 'not-there') })).toBe('demo null');
});

it('the named file wins over that of the data folder, and --demo over the latter', async () => {
  const named = join(dataFolder, 'named.toml');
  writeFileSync(named, target('named.test'));
  writeFileSync(join(dataFolder, 'hotpool.toml'), target('own.test'));
  expect(await chosenHost({})).toBe('own.test');
  expect(await chosenHost({ configFile: named })).toBe('named.test');
  expect(await chosenHost({ demo: { endpoints: null } })).toBe('demo null');
});

it('a file that is not right is told with its name, never skipped', async () => {
  const own = join(dataFolder, 'hotpool.toml');
  writeFileSync(own, 'max_connections = 5\n');
  await expect(chosenHost({})).rejects.toThrow(own);
  await expect(chosenHost({ configFile: join(dataFolder, 'missing.toml') })).rejects.toThrow(ConfigError);
});
