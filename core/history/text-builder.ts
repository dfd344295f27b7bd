/** Builds a text of letters, and of numbers with spaces between, without a string for each: half a million take milliseconds. */

const zero = '0'.charCodeAt(0);
const space = ' '.charCodeAt(0);

export class TextBuilder {
  readonly #bytes: Buffer;
  #end = 0;

  /** Of at most so many bytes. */
  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafe(bytes);
  }

  /** By its code, which is below 128. */
  letter(code: number): void {
    this.#bytes[this.#end] = code;
    this.#end += 1;
  }

  /** A whole number, 0 or more; a space before every one but the first. */
  number(value: number): void {
    if (this.#end > 0) {
      this.letter(space);
    }
    let divisor = 1;
    while (value >= divisor * 10) {
      divisor *= 10;
    }
    for (; divisor >= 1; divisor /= 10) {
      this.letter(zero + (Math.floor(value / divisor) % 10));
    }
  }

  read(): string {
    return this.#bytes.toString('latin1', 0, this.#end);
  }
}
