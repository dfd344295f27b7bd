/** Long work of the page, done in slices between which it draws and answers. */

/** Yields wherever it may be interrupted: after each millisecond or so of work. */
export type Work<Result> = Generator<undefined, Result, undefined>;

export interface SliceScheduler {
  nowMs(): number;
  /** Runs the next slice when the page has seen to what waits. */
  next(slice: () => void): void;
}

/** A frame has 16 ms, and most of them belong to others. */
const sliceMs = 8;

const pageScheduler: SliceScheduler = {
  nowMs: () => performance.now(),
  next: (slice) => setTimeout(slice),
};

/** Begins with the next slice. Returns what gives the work up: `done` is never called then. */
export function inSlices<Result>(
  work: Work<Result>,
  done: (result: Result) => void,
  scheduler: SliceScheduler = pageScheduler,
): () => void {
  let given = false;
  const slice = (): void => {
    const endMs = scheduler.nowMs() + sliceMs;
    while (!given) {
      const step = work.next();
      if (step.done) {
        done(step.value);
        return;
      }
      if (scheduler.nowMs() >= endMs) {
        scheduler.next(slice);
        return;
      }
    }
  };
  scheduler.next(slice);
  return () => {
    given = true;
  };
}

export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** Items between two yields. */
const stepItems = 512;

/** Ordered anew into another array; what compares as equal stays in its order. */
export function* sorted<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Work<readonly Item[]> {
  const runs: (readonly Item[])[] = [];
  for (let at = 0; at < items.length; at += stepItems) {
    runs.push(items.slice(at, at + stepItems).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    // Each pass merges neighbours, so that equal ones are not exchanged.
    for (let at = 0; at + 1 < runs.length; at += 1) {
      const [left = [], right = []] = runs.slice(at, at + 2);
      runs.splice(at, 2, yield* merged(left, right, compare));
    }
  }
  return runs[0] ?? [];
}

function* merged<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Work<readonly Item[]> {
  const last = left.at(-1);
  const [first] = right;
  if (last === undefined || first === undefined || !(compare(last, first) > 0)) {
    return left.concat(right);
  }
  const all: Item[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const a = left[l] as Item;
    const b = right[r] as Item;
    if (compare(a, b) > 0) {
      all.push(b);
      r += 1;
    } else {
      all.push(a);
      l += 1;
    }
    if (all.length % stepItems === 0) {
      yield;
    }
  }
  return all.concat(left.slice(l), right.slice(r));
}

/** Calls for each item, in their order. */
export function* visited<Item>(items: readonly Item[], visit: (item: Item) => void): Work<void> {
  for (let at = 0; at < items.length; at += stepItems) {
    items.slice(at, at + stepItems).forEach(visit);
    yield;
  }
}

export function* mapped<Item, Other>(items: readonly Item[], map: (item: Item) => Other): Work<readonly Other[]> {
  const made: Other[] = [];
  yield* visited(items, (item) => made.push(map(item)));
  return made;
}
