/**
 * A bounded histogram of durations: each octave from 1 µs to 17 minutes in sixteen equal steps, so that a percentile
 * is right to about 3 % and recording costs one increment, whatever the number of values.
 */
const stepsPerOctave = 16;
const smallestExponent = -10;
const octaves = 30;
const bucketCount = octaves * stepsPerOctave;

/** Where a double's exponent and leading mantissa bits can be read without a logarithm. */
const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

function bucketOf(valueMs: number): number {
  scratch[0] = valueMs;
  const high = scratchWords[highWord] ?? 0;
  const exponent = (high >>> 20) - 1023;
  if (valueMs <= 0 || exponent < smallestExponent) {
    return 0;
  }
  const bucket = (exponent - smallestExponent) * stepsPerOctave + ((high >>> 16) & 15);
  return bucket < bucketCount ? bucket : bucketCount - 1;
}

/** The middle of a bucket. */
function middleOf(bucket: number): number {
  const exponent = Math.floor(bucket / stepsPerOctave) + smallestExponent;
  return 2 ** exponent * (1 + ((bucket % stepsPerOctave) + 0.5) / stepsPerOctave);
}

/** Sum and maximum, before the buckets of an encoded one. */
const headBytes = 16;

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function writeInteger(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

function integersOf(encoded: Uint8Array): number[] {
  const integers: number[] = [];
  let value = 0;
  let weight = 1;
  for (const byte of encoded.subarray(headBytes)) {
    value += (byte & 0x7f) * weight;
    weight *= 0x80;
    if (byte < 0x80) {
      integers.push(value);
      value = 0;
      weight = 1;
    }
  }
  return integers;
}

export class Histogram {
  readonly #counts = new Uint32Array(bucketCount);
  count = 0;
  sumMs = 0;
  #maxMs = 0;

  record(valueMs: number): void {
    const bucket = bucketOf(valueMs);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.count += 1;
    this.sumMs += valueMs;
    if (valueMs > this.#maxMs) {
      this.#maxMs = valueMs;
    }
  }

  /** null while empty. */
  meanMs(): number | null {
    return this.count === 0 ? null : this.sumMs / this.count;
  }

  /** The value below which `share` (0 to 1) of all values lie; null while empty. */
  percentileMs(share: number): number | null {
    if (this.count === 0) {
      return null;
    }
    const wanted = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= wanted) {
        return Math.min(middleOf(bucket), this.#maxMs);
      }
    }
    return this.#maxMs;
  }

  /** How many values are at most `valueMs`; those of the bucket that it lies in are counted in. */
  countUpTo(valueMs: number): number {
    let counted = 0;
    for (let bucket = 0; bucket <= bucketOf(valueMs); bucket += 1) {
      counted += this.#counts[bucket] ?? 0;
    }
    return counted;
  }

  add(other: Histogram): void {
    if (other.count === 0) {
      return;
    }
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0);
    }
    this.count += other.count;
    this.sumMs += other.sumMs;
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  /** null while empty. */
  get maxMs(): number | null {
    return this.count === 0 ? null : this.#maxMs;
  }

  /**
   * For {@link addEncoded}: sum and maximum as doubles, then for each bucket that is not empty its distance from the one
   * before and its count, as variable-length integers. null while empty.
   */
  encode(): Uint8Array | null {
    if (this.count === 0) {
      return null;
    }
    const bytes: number[] = [];
    let before = -1;
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      const count = this.#counts[bucket] ?? 0;
      if (count > 0) {
        writeInteger(bytes, bucket - before);
        writeInteger(bytes, count);
        before = bucket;
      }
    }
    const encoded = new Uint8Array(headBytes + bytes.length);
    const head = new DataView(encoded.buffer);
    head.setFloat64(0, this.sumMs);
    head.setFloat64(8, this.#maxMs);
    encoded.set(bytes, headBytes);
    return encoded;
  }

  /** Adds what {@link encode} gave. @throws RangeError when it gave no such thing; nothing is added then. */
  addEncoded(encoded: Uint8Array): void {
    if (encoded.length < headBytes) {
      throw new RangeError(`a histogram has at least ${headBytes} bytes, this has ${encoded.length}`);
    }
    const head = new DataView(encoded.buffer, encoded.byteOffset, headBytes);
    const read = integersOf(encoded);
    const found: { readonly bucket: number; readonly count: number }[] = [];
    let before = -1;
    for (let at = 0; at < read.length; at += 2) {
      before += read[at] ?? 0;
      const count = read[at + 1];
      if (before >= bucketCount || count === undefined) {
        throw new RangeError('a histogram of other buckets, or cut off');
      }
      found.push({ bucket: before, count });
    }
    for (const { bucket, count } of found) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
      this.count += count;
    }
    this.sumMs += head.getFloat64(0);
    this.#maxMs = Math.max(this.#maxMs, head.getFloat64(8));
  }

  clear(): void {
    if (this.count > 0) {
      this.#counts.fill(0);
      this.count = 0;
      this.sumMs = 0;
      this.#maxMs = 0;
    }
  }
}
