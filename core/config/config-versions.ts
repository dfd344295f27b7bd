/** Earlier versions of the configuration's file, kept in the data folder: one file each, whole, the oldest dropped. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { writeAtomically } from '../access/atomic-file.ts';
import { isMissing } from '../base/system-fault.ts';
import { type ConfigVersion, configVersionSources } from '../contract/config.ts';
import { diffConfig } from './change-config.ts';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './load-config.ts';

export type VersionSource = ConfigVersion['by'];

export interface KeptVersion {
  readonly id: string;
  readonly savedAtMs: number;
  readonly by: VersionSource;
}

const folderName = 'config-versions';
const keptVersions = 50;
/** `1763724000000-0007-console.toml`: the time, a running number for one millisecond, and who brought it. */
const namePattern = /^(\d{13})-(\d{4})-(\w+)\.toml$/;

export class ConfigVersions {
  readonly #folder: string;

  /** Files of different places do not share their history. */
  constructor(dataFolder: string, file: string) {
    const place = createHash('sha256').update(resolve(file)).digest('hex').slice(0, 8);
    this.#folder = join(dataFolder, folderName, `${basename(file)}-${place}`);
  }

  /** Keeps a text unless it is the newest already. @throws the system's error. */
  async keep(text: string, by: VersionSource, atMs: number): Promise<void> {
    const versions = await this.list();
    const [newest] = versions;
    if (newest && (await this.text(newest.id)) === text) {
      return;
    }
    await mkdir(this.#folder, { recursive: true });
    // A clock that was set back does not put a version before its predecessor.
    const savedAtMs = Math.max(Math.trunc(atMs), newest?.savedAtMs ?? 0);
    const number = newest?.savedAtMs === savedAtMs ? Number(namePattern.exec(`${newest.id}.toml`)?.[2]) + 1 : 0;
    const id = `${savedAtMs}-${String(number).padStart(4, '0')}-${by}`;
    await writeAtomically(join(this.#folder, `${id}.toml`), text);
    for (const old of versions.slice(keptVersions - 1)) {
      await rm(join(this.#folder, `${old.id}.toml`), { force: true });
    }
  }

  /** Newest first. */
  async list(): Promise<KeptVersion[]> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
    return names
      .toSorted()
      .reverse()
      .flatMap((name) => {
        const [, time, , source] = namePattern.exec(name) ?? [];
        const by = configVersionSources.find((one) => one === source);
        return by ? [{ id: basename(name, '.toml'), savedAtMs: Number(time), by }] : [];
      });
  }

  /** null when it is not there (any more). */
  async text(id: string): Promise<string | null> {
    if (!namePattern.test(`${id}.toml`)) {
      return null;
    }
    try {
      return await readFile(join(this.#folder, `${id}.toml`), 'utf8');
    } catch (error) {
      if (isMissing(error)) {
        return null;
      }
      throw error;
    }
  }
}

/** With what each changed against the one before it; `file` is what it says now, and where: paths in it begin there. */
export async function describeVersions(
  versions: ConfigVersions,
  file: { readonly path: string; readonly text: string | null },
): Promise<ConfigVersion[]> {
  const kept = await versions.list();
  const texts = await Promise.all(kept.map(({ id }) => versions.text(id)));
  const current = texts.indexOf(file.text);
  return kept.map((version, index) => ({
    ...version,
    changed: changedKeys(texts[index + 1], texts[index], file.path),
    current: index === current,
  }));
}

/** Empty where one of them is missing, or is not right by the schema of this program. */
function changedKeys(before: string | null | undefined, after: string | null | undefined, file: string): string[] {
  if (typeof before !== 'string' || typeof after !== 'string') {
    return [];
  }
  try {
    return diffConfig(parseConfig(before, file), parseConfig(after, file)).map(({ path }) => path);
  } catch (error) {
    if (error instanceof ConfigError) {
      return [];
    }
    throw error;
  }
}
