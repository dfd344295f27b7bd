/** Where the names at the ends of the curves stand. */

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
