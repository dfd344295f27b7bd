/**
 * Does a figure grow? The samples of the first third of a run, and of its first
 * ninety seconds, are left out: rings, caches and the pool itself fill then.
 * Over the rest a line is fitted by Theil and Sen (the median of the slopes between all pairs of samples), which single
 * peaks do not move. What it rises by over that time is growth, when it is more than the figure may rise by, and when the
 * rise is no chance: at least three quarters of all pairs rise as well.
 */
export interface GrowthRule {
  readonly name: string;
  /** A rise of less than this says nothing. */
  readonly allowed: number;
  /** Nor does one of less than this share of the figure's median. */
  readonly allowedShare: number;
}

/** A figure that the system does not tell has none. */
export interface Sample {
  readonly atMs: number;
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface Growth {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** By the line, over the judged part of the run; negative when it falls. null: too few samples to judge by. */
  readonly grown: number | null;
  readonly allowed: number;
  readonly grows: boolean;
}

const settlingShare = 1 / 3;
const settlingMs = 90_000;
const fewestSamples = 6;

/** null for a figure that was never told. */
export function judgeGrowth(samples: readonly Sample[], rule: GrowthRule): Growth | null {
  const told = samples.flatMap(({ atMs, figures }) => {
    const value = figures[rule.name] ?? null;
    return value === null ? [] : [{ atMs, value }];
  });
  const [begin, end] = [told[0], told.at(-1)];
  if (!begin || !end) {
    return null;
  }
  const fromMs = begin.atMs + Math.max((end.atMs - begin.atMs) * settlingShare, settlingMs);
  const judged = told.filter(({ atMs }) => atMs >= fromMs);
  const middle = quantile(
    judged.map(({ value }) => value),
    0.5,
  );
  const allowed = Math.max(rule.allowed, middle * rule.allowedShare);
  const verdict = { name: rule.name, first: begin.value, last: end.value, allowed };
  if (judged.length < fewestSamples) {
    return { ...verdict, grown: null, grows: false };
  }
  const slopes = judged.flatMap((one, index) =>
    judged.slice(index + 1).map((other) => (other.value - one.value) / (other.atMs - one.atMs)),
  );
  const grown = quantile(slopes, 0.5) * (end.atMs - fromMs);
  return { ...verdict, grown, grows: grown > allowed && quantile(slopes, 0.25) > 0 };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
