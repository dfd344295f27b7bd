/** What a demo origin says when it is well: small answers of several sizes and kinds. */
import { randomIndex, seededRandom } from '../base/random.ts';

export interface DemoAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const largestTileBytes = 24_576;
const smallestTileBytes = 2_048;

/** One buffer for all tiles: a tile is a slice of it. Noise, as a compressed picture would be. */
const tileBytes = (() => {
  const random = seededRandom(256);
  return Buffer.from(Uint8Array.from({ length: largestTileBytes }, () => randomIndex(random, 256)));
})();

const notFound: DemoAnswer = { status: 404, contentType: 'text/plain', body: Buffer.from('no such page\n') };

/**
 * - `/health`: 200, the path that validates
 * - `/`, `/v1/items/N`: a page, a record
 * - `/tiles/Z/X/Y`: 2 to 24 KiB that look like a picture
 * - `/status/N`: status N, 200 to 599
 * - anything else: 404
 */
export function demoAnswer(hostname: string, path: string): DemoAnswer {
  const [pathname = '/'] = path.split('?', 1);
  if (pathname === '/health') {
    return json({ host: hostname, status: 'ok' });
  }
  if (pathname === '/') {
    const text = `<!doctype html><title>${hostname}</title><p>This is ${hostname}, an origin of the demo fleet.</p>\n`;
    return { status: 200, contentType: 'text/html; charset=utf-8', body: Buffer.from(text) };
  }
  const item = /^\/v1\/items\/(\d{1,9})$/.exec(pathname);
  if (item) {
    return json({ host: hostname, id: Number(item[1]), name: `item ${item[1]}`, tags: ['demo', 'hot'] });
  }
  const tile = /^\/tiles\/(\d{1,2})\/(\d{1,7})\/(\d{1,7})$/.exec(pathname);
  if (tile) {
    const random = seededRandom(Number(tile[1]) * 7_919 + Number(tile[2]) * 104_729 + Number(tile[3]));
    const length = smallestTileBytes + randomIndex(random, largestTileBytes - smallestTileBytes);
    return { status: 200, contentType: 'image/png', body: tileBytes.subarray(0, length) };
  }
  const status = /^\/status\/([2-5]\d\d)$/.exec(pathname);
  if (status) {
    return { status: Number(status[1]), contentType: 'text/plain', body: Buffer.from(`${status[1]}\n`) };
  }
  return notFound;
}

function json(value: unknown): DemoAnswer {
  return { status: 200, contentType: 'application/json', body: Buffer.from(`${JSON.stringify(value)}\n`) };
}
