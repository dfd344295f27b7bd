/** Bytes that are saved up for the moments in which more is to be written than is good for the disk all day. */
export class ByteReserve {
  readonly #mostBytes: number;
  readonly #bytesPerSecond: number;
  #bytes: number;
  #sinceMs: number | null = null;

  /** Full at its beginning. */
  constructor(mostBytes: number, bytesPerSecond: number) {
    this.#mostBytes = mostBytes;
    this.#bytesPerSecond = bytesPerSecond;
    this.#bytes = mostBytes;
  }

  /** A clock that was set back saves nothing up. `atMs`: epoch. */
  hasSome(atMs: number): boolean {
    const seconds = Math.max(0, atMs - (this.#sinceMs ?? atMs)) / 1_000;
    this.#sinceMs = atMs;
    this.#bytes = Math.min(this.#mostBytes, this.#bytes + seconds * this.#bytesPerSecond);
    return this.#bytes > 0;
  }

  /** What is beyond it has to be saved up before there is some again. */
  take(bytes: number): void {
    this.#bytes -= bytes;
  }
}
