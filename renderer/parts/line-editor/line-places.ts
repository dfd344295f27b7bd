/** Where a line (from 1) begins and ends in a text; behind the last one: its end. */
export function placeOfLine(text: string, line: number): readonly [start: number, end: number] {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) {
      return [text.length, text.length];
    }
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return [start, end === -1 ? text.length : end];
}
