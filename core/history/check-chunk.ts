/**
 * The checks of about a second, and later of a minute, as one value of the database: a hundred million of them fit a disk,
 * and thousands are read in a millisecond. Each has the same number of bytes.
 */

/** One check, in numbers: of its endpoint and of its words. */
export interface PackedCheck {
  readonly endpoint: number;
  /** Since the chunk's begin. */
  readonly offsetMs: number;
  readonly kind: number;
  readonly outcome: number;
  readonly errorClass: number;
  readonly status: number | null;
  readonly ms: number | null;
}

const at = { endpoint: 0, offset: 4, kind: 6, outcome: 7, errorClass: 8, status: 9, ms: 11 } as const;
export const checkBytes = 15;
/** The longest time that a chunk can span. */
export const chunkMs = 0xffff;
const noStatus = 0xffff;

export function packChecks(checks: readonly PackedCheck[]): Uint8Array {
  const bytes = new Uint8Array(checks.length * checkBytes);
  const view = new DataView(bytes.buffer);
  for (const [index, { endpoint, offsetMs, kind, outcome, errorClass, status, ms }] of checks.entries()) {
    const begin = index * checkBytes;
    view.setUint32(begin + at.endpoint, endpoint);
    view.setUint16(begin + at.offset, offsetMs);
    view.setUint8(begin + at.kind, kind);
    view.setUint8(begin + at.outcome, outcome);
    view.setUint8(begin + at.errorClass, errorClass);
    view.setUint16(begin + at.status, status ?? noStatus);
    view.setFloat32(begin + at.ms, ms ?? Number.NaN);
  }
  return bytes;
}

/** Chunks one after the other, as one; the time of each is epoch milliseconds, and the last is within `chunkMs` of the first. */
export function joinChunks(chunks: readonly { readonly at: number; readonly data: Uint8Array }[]): Uint8Array {
  const [first] = chunks;
  const joined = new Uint8Array(chunks.reduce((sum, { data }) => sum + data.length, 0));
  const view = new DataView(joined.buffer);
  let end = 0;
  for (const chunk of chunks) {
    joined.set(chunk.data, end);
    const laterMs = chunk.at - (first?.at ?? 0);
    for (const until = end + chunk.data.length; end < until; end += checkBytes) {
      view.setUint16(end + at.offset, Math.min(chunkMs, view.getUint16(end + at.offset) + laterMs));
    }
  }
  return joined;
}

export class CheckChunk {
  readonly #view: DataView;
  readonly count: number;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.count = Math.floor(bytes.byteLength / checkBytes);
  }

  endpoint(index: number): number {
    return this.#view.getUint32(index * checkBytes + at.endpoint);
  }

  offsetMs(index: number): number {
    return this.#view.getUint16(index * checkBytes + at.offset);
  }

  outcome(index: number): number {
    return this.#view.getUint8(index * checkBytes + at.outcome);
  }

  errorClass(index: number): number {
    return this.#view.getUint8(index * checkBytes + at.errorClass);
  }

  read(index: number): PackedCheck {
    const begin = index * checkBytes;
    const status = this.#view.getUint16(begin + at.status);
    const ms = this.#view.getFloat32(begin + at.ms);
    return {
      endpoint: this.endpoint(index),
      offsetMs: this.offsetMs(index),
      kind: this.#view.getUint8(begin + at.kind),
      outcome: this.outcome(index),
      errorClass: this.errorClass(index),
      status: status === noStatus ? null : status,
      ms: Number.isNaN(ms) ? null : ms,
    };
  }
}
