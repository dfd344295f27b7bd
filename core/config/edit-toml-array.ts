/** Changes an array that is written with one element a line, so that the comments of the elements that stay stay too. */
import { parse } from 'smol-toml';
import type { ConfigValue } from '../contract/config.ts';
import { elementSpans, lineEndAt, lineStartAt, nextLineAt } from './toml-positions.ts';
import { tomlValue } from './toml-value.ts';

/**
 * `written` from its bracket to its bracket. null when it has no lines of its own to keep, or when elements were put
 * between others: then the whole is written anew.
 */
export function editArray(written: string, value: ConfigValue): string | null {
  if (!Array.isArray(value) || !written.startsWith('[') || !written.includes('\n')) {
    return null;
  }
  const spans = elementSpans(written, 0);
  const old: unknown = parse(`value = ${written}`).value;
  if (!Array.isArray(old) || old.length === 0 || old.length !== spans.length || !spans.every(hasItsLine)) {
    return null;
  }
  const wanted: readonly unknown[] = value;
  const kept = old.map((element) => wanted.includes(element));
  const added = value.slice(kept.filter(Boolean).length);
  const result = [...old.filter((_, index) => kept[index]), ...added];
  if (result.length !== wanted.length || result.some((element, index) => element !== wanted[index])) {
    return null;
  }
  return withoutLines(withElements(written, spans.at(-1)?.end ?? 0, added), spans, kept);

  function hasItsLine({ start, end }: { start: number; end: number }): boolean {
    const before = written.slice(lineStartAt(written, start), start);
    const behind = written.slice(end, lineEndAt(written, end));
    return /^\s*$/.test(before) && /^\s*,?\s*(?:#.*)?$/.test(behind);
  }
}

function withElements(written: string, lastEnd: number, added: readonly (string | number)[]): string {
  if (added.length === 0) {
    return written;
  }
  const lineEnd = lineEndAt(written, lastEnd);
  const indent = /^\s*/.exec(written.slice(lineStartAt(written, lastEnd), lastEnd))?.[0] ?? '';
  const newline = written.includes('\r\n') ? '\r\n' : '\n';
  const comma = /^\s*,/.test(written.slice(lastEnd, lineEnd)) ? '' : ',';
  const lines = added.map((element) => `${newline}${indent}${tomlValue(element)},`).join('');
  return written.slice(0, lastEnd) + comma + written.slice(lastEnd, lineEnd) + lines + written.slice(lineEnd);
}

/** Spans of elements before the last one are where they were: what was added stands behind them. */
function withoutLines(written: string, spans: readonly { readonly start: number }[], kept: readonly boolean[]): string {
  return spans.reduceRight(
    (text, { start }, index) =>
      kept[index] ? text : text.slice(0, lineStartAt(text, start)) + text.slice(nextLineAt(text, start)),
    written,
  );
}
