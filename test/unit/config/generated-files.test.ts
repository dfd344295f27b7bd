import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeConfig, parseConfig } from '../../../core/config/load-config.ts';
import { presetList, presets } from '../../../core/config/presets.ts';
import { printDefaultConfig, printPreset } from '../../../core/config/print-config.ts';
import { defaultValues } from '../../../core/config/resolve-values.ts';
import { configPaths } from '../../../core/config/schema.ts';
import { inEnglish } from '../../../core/contract/phrase.ts';

/** After a change of the schema `vitest -u` writes the files anew. */
const folder = join(import.meta.dirname, '../../../config');

describe('config/default.toml', () => {
  test('is what the schema says', async () => {
    await expect(printDefaultConfig()).toMatchFileSnapshot(join(folder, 'default.toml'));
  });

  test('means the defaults, every key written, warning only that it names no hosts', () => {
    const config = parseConfig(printDefaultConfig(), 'default.toml');
    expect(config.values).toEqual(defaultValues);
    expect(Object.keys(config.given).toSorted()).toEqual(configPaths.toSorted());
    expect(config.warnings.map(inEnglish)).toEqual([expect.stringContaining('no [[targets]]')]);
    expect(config.settings.targets).toEqual([]);
  });

  test('has an example of a target that is right once its hash signs are gone', () => {
    const text = printDefaultConfig();
    const example = text.slice(text.indexOf('# [[targets]]')).replaceAll(/^# /gm, '');
    expect(parseConfig(example, 'example.toml').settings.targets).toEqual([
      {
        host: { name: 'example.com', hostname: 'example.com', port: 443 },
        path: '/',
        ips: ['192.0.2.1', '2001:db8::1'],
        warm: 'all-ips',
        tls: { profileSet: { profiles: ['modern-h2', 'x25519-first'], choice: 'rotate' }, credentials: null },
      },
    ]);
  });
});

describe.each(Object.entries(presets))('config/presets/%s.toml', (name, preset) => {
  test('is the preset', async () => {
    await expect(printPreset(preset)).toMatchFileSnapshot(join(folder, 'presets', `${name}.toml`));
  });

  test('sets what the preset says and warns only that it names no hosts', () => {
    const config = parseConfig(printPreset(preset), `${name}.toml`);
    expect(config.given).toEqual(preset.values);
    expect(config.warnings.map(inEnglish)).toEqual([expect.stringContaining('no [[targets]]')]);
  });
});

test('the gallery’s settings are those of the engine', async () => {
  const { keys } = makeConfig({ file: null, given: {}, targets: [] });
  const shown = { keys, presets: presetList.map(({ name, title, values }) => ({ name, title, values })) };
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../renderer/bridge/memory/config-keys.json'),
  );
});
