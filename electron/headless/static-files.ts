/** The console's built files. Known by name from the start, so that no path in a request ever reaches the disk. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentTypeOf } from '../shared/content-type.ts';
import { StartError } from '../shared/start-error.ts';

export interface StaticFile {
  readonly body: Buffer;
  readonly contentType: string;
  /** The name carries a hash of the content: it may be kept for ever. */
  readonly immutable: boolean;
}

export class StaticFiles {
  readonly #files: ReadonlyMap<string, string>;

  /**
   * @throws StartError when the folder is not there or has no `index.html`: the console has not been built.
   */
  constructor(folder: string) {
    const files = new Map<string, string>();
    for (const entry of existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []) {
      if (entry.isFile() && !entry.name.endsWith('.map')) {
        const path = join(entry.parentPath, entry.name);
        files.set(`/${relative(folder, path).split(sep).join('/')}`, path);
      }
    }
    const index = files.get('/index.html');
    if (!index) {
      throw new StartError(`${folder} has no index.html: build the console first (npm run build).`);
    }
    files.set('/', index);
    this.#files = files;
  }

  /** null when there is no such file. */
  async read(urlPath: string): Promise<StaticFile | null> {
    const path = this.#files.get(urlPath);
    if (path === undefined) {
      return null;
    }
    return {
      body: await readFile(path),
      contentType: contentTypeOf(path),
      immutable: urlPath.startsWith('/assets/'),
    };
  }
}
