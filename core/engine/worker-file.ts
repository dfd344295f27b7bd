/** Where the file of a worker thread lies: as source in its room, or built beside the host that runs. */
import { existsSync } from 'node:fs';

/** @throws Error when it is nowhere, as after a build that was cut off. */
export function workerFile(room: string, name: string): URL {
  // Built beside the host's own file, from which shared code may have been split off.
  const places = [`../${room}/${name}.ts`, `./${name}.js`, `../${name}.js`];
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (!found) {
    throw new Error(`${name} is missing beside ${import.meta.url}: build again (npm run build).`);
  }
  return found;
}
