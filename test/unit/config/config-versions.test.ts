import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigVersions, describeVersions } from '../../../core/config/config-versions.ts';
import { createAuthority } from '../../../core/demo/certificate-authority.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-versions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('says what each version changed, also where the file names others beside it', async () => {
  writeFileSync(join(folder, 'ca.pem'), (await createAuthority()).certificatePem);
  const path = join(folder, 'hotpool.toml');
  const versions = new ConfigVersions(folder, path);
  const target = '[[targets]]\nhost = "a.test"\nca_file = "ca.pem"\n';
  const texts = [
    target,
    `[pool]\nmax_retries = 2\n${target}`,
    `[pool]\nmax_retries = 2\n${target}[[targets]]\nhost = "b.test"\n`,
  ];
  for (const [index, text] of texts.entries()) {
    await versions.keep(text, 'file', 1_767_225_600_000 + index);
  }
  const described = await describeVersions(versions, { path, text: texts[2] ?? null });
  expect(described.map(({ changed, current }) => [changed[0], current])).toEqual([
    ['targets[b.test].host', true],
    ['pool.max_retries', false],
    [undefined, false],
  ]);
});
