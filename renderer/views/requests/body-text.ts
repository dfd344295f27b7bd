/** An answer's body as something that can be looked at: text that is nothing but text, or its bytes. Never rendered. */
import type { RequestAnswer } from '../../../core/contract/requests.ts';

/** Bytes that are shown as a dump; 4,096 lines. */
export const mostDumpedBytes = 64 * 1024;

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

type Answer = Pick<RequestAnswer, 'headers' | 'body'>;

function header({ headers }: Answer, wanted: string): string {
  return headers.find(({ name }) => name === wanted)?.value ?? '';
}

/** What the server says it is wrapped in; null: nothing. It is not undone: what is shown is what came. */
export function codingOf(answer: Answer): string | null {
  const coding = header(answer, 'content-encoding').trim();
  return coding === '' || coding.toLowerCase() === 'identity' ? null : coding;
}

/** null when it is no text: by its bytes, not by what its server calls it. */
export function textOf(answer: Answer): string | null {
  if (codingOf(answer) !== null) {
    return null;
  }
  const { base64, keptBytes, bytes } = answer.body;
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(header(answer, 'content-type')) ?? [];
  try {
    // What was cut may end within a letter, which is no fault of it.
    const text = new TextDecoder(charset, { fatal: true }).decode(bytesOf(base64), { stream: keptBytes < bytes });
    return isText(text) ? text : null;
  } catch {
    return null;
  }
}

/** Tab, line feed, form feed, carriage return and escape are met in texts; other control characters are not. */
const metInTexts: ReadonlySet<string> = new Set(['\t', '\n', '\f', '\r', String.fromCharCode(0x1b)]);

function isText(text: string): boolean {
  return !text.matchAll(/\p{Cc}/gu).some(([char]) => !metInTexts.has(char));
}

/** Control characters show as their pictures, and what turns the direction of a text around as its number. */
export function harmless(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/\p{Cc}/gu, (char) =>
      char === '\t' || char === '\n' ? char : String.fromCharCode(0x2400 + (char.charCodeAt(0) % 0x20)),
    )
    .replace(/\p{Bidi_Control}/gu, (char) => `‹U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

/** Indented; null when it is no JSON, or not all of it. */
export function prettyJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text)) {
    return null;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

/** `00000010  48 65 6c 6c 6f …  Hello…`, sixteen bytes a line. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  const shown = bytes.subarray(0, mostDumpedBytes);
  for (let at = 0; at < shown.length; at += 16) {
    const row = [...shown.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
    lines.push(`${at.toString(16).padStart(8, '0')}  ${halves.padEnd(48)}  ${row.map(printable).join('')}`);
  }
  return lines.join('\n');
}
