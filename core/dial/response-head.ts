/**
 * Reads the answer to a HEAD, which ends with its head (RFC 9112, section 6.3). As strict as undici's parser is: a server
 * that frames one answer its own way may frame the next so that it is taken for another's.
 */
import { ClassifiedError } from './classified-error.ts';

/** Repeated headers are joined by a comma (RFC 9110, section 5.3). */
export type HeadFields = { readonly [Name in HeadField]?: string };

export interface ResponseHead {
  /** 200 to 999: interim answers are read over. */
  readonly status: number;
  /** It ends its connection unless it says otherwise. */
  readonly http10: boolean;
  readonly fields: HeadFields;
}

/** What the pool wants to know, and what says where an answer ends. */
const wanted = ['connection', 'keep-alive', 'retry-after', 'content-length', 'transfer-encoding'] as const;
type HeadField = (typeof wanted)[number];
const byName: ReadonlyMap<string, HeadField> = new Map(wanted.map((name) => [name, name]));

/** Of one answer with its interim ones, as in undici and Node. */
const mostBytes = 16 * 1024;
const beginning = 'HTTP/1.';
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
/** RFC 9112, section 5: no space before the colon, no line that goes on in the next. */
const fieldLine = /^([\w!#$%&'*+.^`|~-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

export class ResponseHeadReader {
  /** Of a line that has not ended. */
  #rest = '';
  #bytes = 0;
  /** 0 before a status line. */
  #status = 0;
  #http10 = false;
  #fields: { -readonly [Name in HeadField]?: string } = {};

  /**
   * Takes what has arrived; null until the head is whole.
   * @throws ClassifiedError of class `http-protocol`: it is not the head of an answer, or something follows it.
   */
  read(chunk: Buffer): ResponseHead | null {
    this.#bytes += chunk.length;
    if (this.#bytes > mostBytes) {
      throw refused(`has a head of more than ${mostBytes} bytes`);
    }
    const text = this.#rest + chunk.toString('latin1');
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (text.charCodeAt(end - 1) !== 13) {
        throw refused('has a line that does not end with CR and LF');
      }
      const isOver = this.#line(text.slice(from, end - 1));
      from = end + 1;
      if (isOver) {
        if (from < text.length) {
          throw refused('goes on after its head, and no answer to a HEAD does');
        }
        return { status: this.#status, http10: this.#http10, fields: this.#fields };
      }
    }
    this.#rest = text.slice(from);
    if (this.#status === 0 && !beginning.startsWith(this.#rest.slice(0, beginning.length))) {
      throw refused('does not begin as HTTP/1.1 does');
    }
    return null;
  }

  /** True: it was the last. */
  #line(line: string): boolean {
    if (this.#status === 0) {
      this.#begin(line);
      return false;
    }
    if (line !== '') {
      this.#field(line);
      return false;
    }
    if (this.#status < 200) {
      this.#status = 0;
      this.#fields = {};
      return false;
    }
    const { 'content-length': length, 'transfer-encoding': encoding } = this.#fields;
    if (length !== undefined && (encoding !== undefined || !/^\d+$/.test(length))) {
      throw refused('does not say how long it is in one way');
    }
    return true;
  }

  #begin(line: string): void {
    const [, minor, status] = statusLine.exec(line) ?? [];
    this.#status = Number(status ?? 0);
    this.#http10 = minor === '0';
    if (this.#status === 0) {
      throw refused('has no status line');
    }
    // Nobody has asked to go on or to switch (RFC 9110, section 15.2).
    if (this.#status === 100 || this.#status === 101) {
      throw refused(`has the status ${this.#status}, for which nobody has asked`);
    }
  }

  #field(line: string): void {
    // Nothing is taken apart of which nobody wants a part.
    const name = byName.get(line.slice(0, line.indexOf(':')).toLowerCase());
    const value = name ? fieldLine.exec(line)?.[2] : '';
    if (value === undefined || !(name || fieldLine.test(line))) {
      throw refused('has a header that is none');
    }
    if (name) {
      const before = this.#fields[name];
      this.#fields[name] = before === undefined ? value.trimEnd() : `${before}, ${value.trimEnd()}`;
    }
  }
}

function refused(what: string): ClassifiedError {
  return new ClassifiedError('http-protocol', 'HPE_INVALID', `the answer ${what}`);
}
