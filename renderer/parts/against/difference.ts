/** A figure of one run against the same of another. */

export interface Difference {
  /** -0.18: eighteen per cent less than in the other run. */
  readonly share: number;
  /** null: neither better nor worse. */
  readonly isBetter: boolean | null;
}

/** Less than this is the chance of two runs, not a difference between them. */
const leastShare = 0.02;
const leastPoints = 0.1;

/** Of two shares, in points of per cent: from 83.1 to 100 % are 16.9. null when one of them is not known. */
export function pointsOf(
  now: number | null,
  other: number | null,
): (Omit<Difference, 'share'> & { points: number }) | null {
  if (now === null || other === null) {
    return null;
  }
  const points = (now - other) * 100;
  return { points, isBetter: Math.abs(points) < leastPoints ? null : points > 0 };
}

/** null when one of them is not known, or the other is zero. */
export function differenceOf(now: number | null, other: number | null, better: 'less' | 'more'): Difference | null {
  if (now === null || other === null || other === 0) {
    return null;
  }
  const share = now / other - 1;
  return { share, isBetter: Math.abs(share) < leastShare ? null : share < 0 === (better === 'less') };
}
