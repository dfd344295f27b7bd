import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { quietClient } from '../../../core/dial/quiet-client.ts';
import { type ResponseHead, ResponseHeadReader } from '../../../core/dial/response-head.ts';

const ok = 'HTTP/1.1 200 OK\r\n';

/** The head, or the class of its refusal; null where more is awaited. */
function read(...chunks: readonly string[]): ResponseHead | string | null {
  const reader = new ResponseHeadReader();
  try {
    let head: ResponseHead | null = null;
    for (const chunk of chunks) {
      head = reader.read(Buffer.from(chunk, 'latin1'));
    }
    return head;
  } catch (error) {
    return error instanceof ClassifiedError ? error.errorClass : String(error);
  }
}

/** What undici makes of the same bytes, in answer to a HEAD: the status, or null where it refuses them. */
function readByUndici(bytes: string): Promise<number | null> {
  const socket = new Duplex({
    read: () => undefined,
    write(_chunk, _encoding, done) {
      done();
      queueMicrotask(() => this.push(Buffer.from(bytes, 'latin1')));
    },
  }).on('error', () => undefined);
  const client = quietClient(parseHostName('origin.test'), (taker) =>
    queueMicrotask(() => taker(null, socket as TLSSocket)),
  );
  return new Promise((resolve) => {
    let status = 0;
    client.dispatch(
      { method: 'HEAD', path: '/', reset: false },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, told) => {
          status = told;
        },
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(status),
        onResponseError: () => resolve(null),
      },
    );
  });
}

describe('the head of an answer', () => {
  it('tells the status and the headers that concern the connection', () => {
    const head =
      'HTTP/1.1 503 Go away\r\nDate: now\r\nRETRY-AFTER: 7 \r\nKeep-Alive:timeout=5\r\nconnection:\tkeep-alive\r\n\r\n';
    expect(read(head)).toEqual({
      status: 503,
      http10: false,
      fields: { 'retry-after': '7', 'keep-alive': 'timeout=5', connection: 'keep-alive' },
    });
  });

  it('joins headers that are repeated', () => {
    expect(read(`${ok}Connection: te\r\nX: y\r\nConnection: close\r\n\r\n`)).toMatchObject({
      fields: { connection: 'te, close' },
    });
  });

  it('reads over interim answers, and forgets their headers', () => {
    expect(read(`HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n${ok}\r\n`)).toEqual({
      status: 200,
      http10: false,
      fields: {},
    });
  });

  it('of HTTP/1.0 says so', () => {
    expect(read('HTTP/1.0 204\r\n\r\n')).toEqual({ status: 204, http10: true, fields: {} });
  });

  it.each([
    ['no length', `${ok}\r\n`],
    ['no reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n'],
    ['an empty reason', 'HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n'],
    ['an unusual status', 'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n'],
    ['Latin-1 in a value', `${ok}X: \xe9t\xe9\r\nContent-Length: 0\r\n\r\n`],
    ['an empty value', `${ok}X:\r\nContent-Length: 0\r\n\r\n`],
    ['the length of a body that does not follow', `${ok}Content-Length: 5\r\n\r\n`],
    ['two interim answers', `HTTP/1.1 102 P\r\n\r\nHTTP/1.1 103 E\r\n\r\n${ok}\r\n`],
  ])('with %s is read, as by undici', async (_what, bytes) => {
    expect(read(bytes)).toMatchObject({ status: await readByUndici(bytes) });
  });

  it.each([
    ['a protocol of its own', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a protocol in small letters', 'http/1.1 200 OK\r\n\r\n'],
    ['an unknown version', 'HTTP/1.2 200 OK\r\n\r\n'],
    ['two spaces', 'HTTP/1.1  200 OK\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['a status of four', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\n'],
    ['an unasked 100', `HTTP/1.1 100 Continue\r\n\r\n${ok}\r\n`],
    ['an unasked switch', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['lines without CR', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['one line without CR', `${ok}X: y\nContent-Length: 0\r\n\r\n`],
    ['a CR in a line', `${ok}X: y\rZ: 0\r\n\r\n`],
    ['a line that goes on', `${ok}X: y\r\n z\r\n\r\n`],
    ['a space before the headers', `${ok} X: y\r\n\r\n`],
    ['a space before the colon', `${ok}X : y\r\n\r\n`],
    ['a header without a colon', `${ok}X\r\n\r\n`],
    ['a header without a name', `${ok}: y\r\n\r\n`],
    ['a name that is none', `${ok}X(y): z\r\n\r\n`],
    ['a control character', `${ok}X: a\x01b\r\n\r\n`],
    ['a zero', `${ok}X: a\0b\r\n\r\n`],
    ['a length that is no number', `${ok}Content-Length: many\r\n\r\n`],
    ['a negative length', `${ok}Content-Length: -1\r\n\r\n`],
    ['two lengths', `${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    ['a length and a transfer coding', `${ok}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['too much of it', `${ok}X: ${'y'.repeat(20_000)}\r\n\r\n`],
  ])('with %s is refused, as by undici', async (_what, bytes) => {
    expect(read(bytes)).toBe('http-protocol');
    expect(await readByUndici(bytes)).toBeNull();
  });

  it.each([
    ['a body', `${ok}Content-Length: 3\r\n\r\nabc`],
    ['another answer', `${ok}Content-Length: 0\r\n\r\n${ok}\r\n`],
  ])('followed by %s is refused', (_what, bytes) => {
    expect(read(bytes)).toBe('http-protocol');
  });

  it('that is no HTTP is refused as soon as that is seen', () => {
    expect(read('HT')).toBeNull();
    expect(read('HT', 'M')).toBe('http-protocol');
    expect(read('\r\n')).toBe('http-protocol');
  });
});

const token = fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/);
const value = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,20}[\x21-\x7e])?$/);
const someHead = fc
  .tuple(
    fc.constantFrom('1.0', '1.1'),
    fc.integer({ min: 200, max: 599 }),
    fc.array(
      fc.oneof(
        fc.tuple(token, value),
        fc.tuple(fc.constantFrom('Connection', 'KEEP-ALIVE', 'retry-after'), value),
        fc.tuple(fc.constant('Content-Length'), fc.nat().map(String)),
      ),
      { maxLength: 6 },
    ),
  )
  .map(([version, status, fields]) => {
    const lines = fields.map(([name, text]) => `${name}: ${text}\r\n`);
    return `HTTP/${version} ${status} Reason\r\n${lines.join('')}\r\n`;
  });

describe('bytes that come in pieces', () => {
  it('are read as if they had come at once, wherever they are cut', () => {
    fc.assert(
      fc.property(someHead, fc.array(fc.nat(), { maxLength: 8 }), (head, cuts) => {
        const places = [0, ...cuts.map((cut) => cut % head.length), head.length].sort((one, other) => one - other);
        const pieces = places.slice(1).map((place, index) => head.slice(places[index], place));
        const whole = read(head);
        expect(read(...pieces)).toEqual(whole);
        expect(read(...head)).toEqual(whole);
      }),
    );
  });

  it('are awaited until the head is whole', () => {
    const head = `HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n${ok}Content-Length: 0\r\n\r\n`;
    for (let length = 0; length < head.length; length += 1) {
      expect(read(head.slice(0, length))).toBeNull();
    }
    expect(read(head)).toMatchObject({ status: 200 });
  });

  it('of whatever kind make a head or a refusal, and nothing else', () => {
    const noise = fc.array(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')));
    fc.assert(
      fc.property(someHead, noise, fc.nat(), (head, pieces, at) => {
        const spoilt = [head.slice(0, at % head.length), ...pieces];
        const told = read(...spoilt);
        expect(told === null || told === 'http-protocol' || typeof told === 'object').toBe(true);
      }),
    );
  });
});
