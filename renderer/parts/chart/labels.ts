/** Where the names at the ends of the curves stand. */

/** CSS pixels at the right of the curves that hold `28.0 p99`. */
export const leastEndsWidth = 54;
/** From a curve's end to its name. */
export const endsGap = 6;
const endsStep = 12;

/** Room for a label of so many CSS pixels; in steps, so that the curves do not tremble with each figure. */
export function roomForLabel(width: number): number {
  const missing = Math.max(0, endsGap + width - leastEndsWidth);
  return leastEndsWidth + Math.ceil(missing / endsStep) * endsStep;
}

/** Pixels from one label's middle to the next one's. */
export const labelHeight = 12;

/**
 * Middles of the labels, for wanted ones from the lowest (largest y) up. Where two would touch, the upper one moves up;
 * where the topmost would leave the picture above `top`, it and those under it move down as far as they must.
 */
export function spreadLabels(wanted: readonly number[], top: number): number[] {
  const places: number[] = [];
  for (const at of wanted) {
    places.push(Math.min(at, (places.at(-1) ?? Number.POSITIVE_INFINITY) - labelHeight));
  }
  let least = top;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    const place = Math.max(places[index] ?? least, least);
    places[index] = place;
    least = place + labelHeight;
  }
  return places;
}
