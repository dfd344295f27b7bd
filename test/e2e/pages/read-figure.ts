/** A figure as it is written on the screen, read back: `1,658`, `99.2 %`, `<0.01 ms`, `r12.5`. null: `–`, nothing known. */
export function readFigure(text: string): number | null {
  const [found] = /\d[\d,]*(\.\d+)?/.exec(text) ?? [];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}
