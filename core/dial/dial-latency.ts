/**
 * Do dials take longer than they did? Each is held against what is usual for its own host, so that hosts near and far can
 * be dialled together; the short view against the long one, as adaptive limits of concurrency do (the gradient of Netflix's
 * concurrency-limits): dials that grow slower while more of them are in flight wait in somebody's queue.
 */

/** Weight of the newest dial in what is usual. */
const newestWeight = 0.01;
/** Dials take so many times what is usual. */
const rise = 2;
/** One dial that hangs says nothing about the others. */
const mostOfOne = 4;
/** Fewer dials say nothing. */
const fewestDials = 8;
/** Hosts that are remembered; who was dialled longest ago goes first. */
const mostHosts = 1_000;

export class DialLatency {
  readonly #usualMs = new Map<string, number>();
  #dials = 0;
  #ratios = 0;

  /** A dial that has succeeded. */
  record(host: string, durationMs: number): void {
    const before = this.#usualMs.get(host) ?? durationMs;
    const tookMs = Math.min(durationMs, before * mostOfOne);
    this.#dials += 1;
    this.#ratios += before === 0 ? 1 : tookMs / before;
    this.#usualMs.delete(host);
    this.#usualMs.set(host, before === 0 ? durationMs : before + newestWeight * (tookMs - before));
    if (this.#usualMs.size > mostHosts) {
      for (const oldest of this.#usualMs.keys()) {
        this.#usualMs.delete(oldest);
        break;
      }
    }
  }

  /** Since it was asked last. */
  rose(): boolean {
    if (this.#dials < fewestDials) {
      return false;
    }
    const mean = this.#ratios / this.#dials;
    this.#dials = 0;
    this.#ratios = 0;
    return mean > rise;
  }
}
