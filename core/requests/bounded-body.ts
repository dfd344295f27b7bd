/** The body of an answer, of which the beginning is kept and the rest is counted. */
import type { RequestAnswer } from '../contract/requests.ts';

export interface BodyBounds {
  readonly keptBytes: number;
  readonly readBytes: number;
}

export class BoundedBody {
  readonly #bounds: BodyBounds;
  readonly #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #bytes = 0;
  #complete = false;

  constructor(bounds: BodyBounds) {
    this.#bounds = bounds;
  }

  /**
   * Reads it to its end, or to the bound: there the body is left, which gives the answer up.
   * @throws what the body does; what has come by then is still there.
   */
  async read(body: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of body) {
      this.#bytes += chunk.length;
      const room = this.#bounds.keptBytes - this.#keptBytes;
      if (room > 0) {
        const kept = chunk.subarray(0, room);
        this.#kept.push(kept);
        this.#keptBytes += kept.length;
      }
      if (this.#bytes > this.#bounds.readBytes) {
        return;
      }
    }
    this.#complete = true;
  }

  get complete(): boolean {
    return this.#complete;
  }

  report(): RequestAnswer['body'] {
    return {
      base64: Buffer.concat(this.#kept).toString('base64'),
      keptBytes: this.#keptBytes,
      bytes: this.#bytes,
      complete: this.#complete,
    };
  }
}
