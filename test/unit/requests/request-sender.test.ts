import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { ConnectionExplanation } from '../../../core/contract/explain.ts';
import { type RequestWishInput, requestWishSchema, sentRequestSchema } from '../../../core/contract/requests.ts';
import type { RequestLease, RequestPool } from '../../../core/requests/exchange.ts';
import { RequestSender } from '../../../core/requests/request-sender.ts';
import { RecordingEvents } from '../../support/fake-network.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

let clock: ManualClock;
let pool: FakePool;
let events: RecordingEvents;
let sender: RequestSender;

/** One connection; each of its times is set by the test. */
class FakePool implements RequestPool {
  waitMs = 0;
  answerMs = 5;
  chunks: readonly (readonly [afterMs: number, bytes: number])[] = [[2, 10]];
  status = 200;
  /** Made when it is asked for, else long before. */
  isNew = false;
  /** How much too early its row says that it was made. */
  roundedMs = 0;
  leases: number | null = null;
  /** null: never. */
  checkedAtMs: number | null = null;
  readonly asked: unknown[] = [];
  readonly requests: unknown[] = [];
  released = 0;
  chunksRead = 0;
  #createdAtMs = 0;

  async acquire(host: string, options: { readonly signal: AbortSignal }): Promise<RequestLease> {
    this.asked.push(host);
    return this.#lease(options.signal);
  }

  async acquireTo(host: string, ip: string, options: { readonly signal: AbortSignal }): Promise<RequestLease> {
    this.asked.push([host, ip]);
    return this.#lease(options.signal);
  }

  connection(id: number): ConnectionExplanation {
    const row = { id, host: 'a.test', ip: '10.0.0.1', port: 443, protocol: 'h2', profile: 'p', resumed: true };
    return {
      subject: 'connection',
      connection: { ...row, createdAtMs: this.#createdAtMs, leases: this.leases ?? (this.isNew ? 1 : 5) },
      making: { tcpMs: 10, tlsMs: 20, validationMs: 30 },
      events:
        this.checkedAtMs === null
          ? []
          : [{ kind: 'check', detail: 'good', firstAtMs: 0, lastAtMs: this.checkedAtMs, count: 3 }],
    } as unknown as ConnectionExplanation;
  }

  async #lease(signal: AbortSignal): Promise<RequestLease> {
    this.#createdAtMs = clock.epochMs() - (this.isNew ? this.roundedMs : 60_000);
    await pass(this.waitMs, signal);
    return {
      connectionId: 7,
      request: async (options) => {
        this.requests.push(options);
        await pass(this.answerMs, options.signal);
        const body = this.#body(options.signal);
        return { statusCode: this.status, headers: { 'set-cookie': ['a=1', 'b=2'], server: 'x' }, body };
      },
      [Symbol.dispose]: () => {
        this.released += 1;
      },
    };
  }

  async *#body(signal: AbortSignal): AsyncIterable<Uint8Array> {
    for (const [afterMs, bytes] of this.chunks) {
      await pass(afterMs, signal);
      this.chunksRead += 1;
      yield new Uint8Array(bytes).fill(65);
    }
  }
}

/** Resolves after so long, or rejects when the signal aborts. */
function pass(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, resolve);
    signal.addEventListener('abort', () => {
      timer.cancel();
      reject(signal.reason);
    });
  });
}

function send(wish: Partial<RequestWishInput> = {}): ReturnType<RequestSender['send']> {
  return sender.send(requestWishSchema.parse({ ticket: 't', url: 'https://a.test/x?token=secret', ...wish }));
}

beforeEach(() => {
  clock = new ManualClock();
  pool = new FakePool();
  events = new RecordingEvents();
  sender = new RequestSender({ pool, clock, events, statuses: () => defaultSettings().health });
});

describe('the parts of a request', () => {
  it('a hot one pays for the answer alone, and tells what the connection had cost', async () => {
    const sending = send();
    await clock.advance(100);
    const sent = sentRequestSchema.parse(await sending);
    expect(sent.supply).toBe('hot');
    expect(sent.connection).toMatchObject({ id: 7, servedBefore: 4, resumed: true });
    expect(sent.connection?.making).toEqual({ tcpMs: 10, tlsMs: 20, validationMs: 30 });
    const none = { tcpMs: null, tlsMs: null, validationMs: null };
    expect(sent.times).toEqual({ waitMs: 0, ...none, firstByteMs: 5, bodyMs: 2, totalMs: 7 });
    expect(pool.released).toBe(1);
  });

  it('one that waited for a connection of others pays the wait', async () => {
    pool.waitMs = 70;
    const sending = send();
    await clock.advance(100);
    expect(await sending).toMatchObject({ supply: 'queued', times: { waitMs: 70, tcpMs: null, totalMs: 77 } });
  });

  it('one that waited for the check of a connection that had lain idle pays the check', async () => {
    pool.waitMs = 70;
    pool.checkedAtMs = clock.epochMs() + 60;
    const sending = send();
    await clock.advance(100);
    expect(await sending).toMatchObject({
      supply: 'queued',
      times: { waitMs: 10, tcpMs: null, tlsMs: null, validationMs: 60, totalMs: 77 },
    });
  });

  it('one for which a connection was made pays its making, part by part', async () => {
    pool.waitMs = 70;
    pool.isNew = true;
    const sending = send();
    await clock.advance(100);
    const { supply, connection, times } = await sending;
    expect([supply, connection?.servedBefore]).toEqual(['cold', 0]);
    expect(times).toEqual({
      waitMs: 10,
      tcpMs: 10,
      tlsMs: 20,
      validationMs: 30,
      firstByteMs: 5,
      bodyMs: 2,
      totalMs: 77,
    });
  });
});

describe('a connection', () => {
  beforeEach(() => {
    pool.waitMs = 70;
    pool.isNew = true;
  });

  it('that was made for the request is so, however its times are rounded', async () => {
    pool.roundedMs = 2;
    const sending = send();
    await clock.advance(100);
    expect((await sending).supply).toBe('cold');
  });

  it('that was made meanwhile and served another first was waited for', async () => {
    pool.leases = 2;
    const sending = send();
    await clock.advance(100);
    expect(await sending).toMatchObject({ supply: 'queued', times: { waitMs: 70, tlsMs: null } });
  });
});

describe('what is asked and answered', () => {
  it('goes out as it was written, to the IP that was chosen', async () => {
    const headers = [
      { name: 'X-One', value: '1' },
      { name: 'X-One', value: '2' },
    ];
    const sending = send({ method: 'PUT', body: 'grüß', headers, ip: '10.0.0.1', priority: 'background' });
    await clock.advance(100);
    await sending;
    expect(pool.asked).toEqual([['a.test', '10.0.0.1']]);
    expect(pool.requests).toMatchObject([
      { method: 'PUT', path: '/x?token=secret', body: 'grüß', headers: ['X-One', '1', 'X-One', '2'] },
    ]);
  });

  it('a header that came twice is told twice, and a status by the lists of the configuration', async () => {
    pool.status = 403;
    const sending = send();
    await clock.advance(100);
    const { answer, failure } = await sending;
    expect(answer).toMatchObject({ status: 403, verdict: 'blocked' });
    expect(answer?.headers).toEqual([
      { name: 'set-cookie', value: 'a=1' },
      { name: 'set-cookie', value: 'b=2' },
      { name: 'server', value: 'x' },
    ]);
    expect(failure).toBeNull();
  });

  it('a long body is kept to a bound, and counted to its end', async () => {
    pool.chunks = [
      [1, 200_000],
      [1, 200_000],
      [1, 200_000],
    ];
    const sending = send();
    await clock.advance(100);
    const { answer } = await sending;
    expect(answer?.body).toMatchObject({ keptBytes: 262_144, bytes: 600_000, complete: true });
    expect(Buffer.from(answer?.body.base64 ?? '', 'base64')).toHaveLength(262_144);
  });

  it('a body without end is given up at the bound', async () => {
    pool.chunks = Array.from({ length: 100 }, () => [1, 4_000_000] as const);
    const sending = send();
    await clock.advance(1_000);
    const { answer, failure } = await sending;
    expect(answer?.body).toMatchObject({ bytes: 20_000_000, complete: false });
    expect([failure, pool.chunksRead, pool.released]).toEqual([null, 5, 1]);
  });

  it('tells the log of it without what may be a secret', async () => {
    const sending = send({ headers: [{ name: 'authorization', value: 'Bearer secret' }] });
    await clock.advance(100);
    await sending;
    const [event] = events.ofKind('request.sent');
    expect(event?.text).toBe('GET https://a.test/x: 200 in 7.0 ms');
    expect(JSON.stringify(event)).not.toContain('secret');
  });
});

describe('an end before the end', () => {
  it('the deadline spans all parts, and what had come by then is shown', async () => {
    pool.chunks = [
      [2, 10],
      [1_000, 10],
    ];
    const sending = send({ timeoutMs: 500 });
    await clock.advance(500);
    const { failure, answer, times } = await sending;
    expect(failure).toEqual({ kind: 'timeout-response', message: 'the body did not come to its end within 500 ms' });
    expect(answer).toMatchObject({ status: 200, body: { bytes: 10, complete: false } });
    expect(times).toMatchObject({ firstByteMs: 5, bodyMs: 495, totalMs: 500 });
    expect([pool.released, clock.timers]).toEqual([1, 0]);
  });

  it('no answer in time is told with the connection that did not answer', async () => {
    pool.answerMs = 10_000;
    const sending = send({ timeoutMs: 500 });
    await clock.advance(500);
    expect(await sending).toMatchObject({
      failure: { kind: 'timeout-response', message: 'no answer came within 500 ms' },
      connection: { id: 7 },
      answer: null,
      times: { firstByteMs: null, bodyMs: null },
    });
  });

  it.each([
    ['while it waits for a connection', 50, null],
    ['while it waits for the answer', 150, { id: 7 }],
  ] as const)('it is cancelled %s', async (_when, atMs, connection) => {
    pool.waitMs = 100;
    pool.answerMs = 1_000;
    const sending = send();
    await clock.advance(atMs);
    expect(sender.cancel('t')).toBe(true);
    const sent = await sending;
    expect(sent.failure?.kind).toBe('cancelled');
    expect(sent.times.totalMs).toBe(atMs);
    expect(sent.connection === null).toBe(connection === null);
    expect(sender.cancel('t')).toBe(false);
    expect(clock.timers).toBe(0);
  });

  it('the end of the engine ends it, and nothing is sent afterwards', async () => {
    pool.answerMs = 1_000;
    const sending = send();
    await settle();
    sender.close();
    expect((await sending).failure).toEqual({ kind: 'cancelled', message: 'the engine closes' });
    await expect(send()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('refused', () => {
  it('are a ticket that is in use, and one more than the bound, until one of them ends', async () => {
    const sending = Array.from({ length: 8 }, (_, index) => send({ ticket: String(index) }));
    await expect(send({ ticket: '3' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(send({ ticket: '8' })).rejects.toMatchObject({ code: 'refused' });
    await clock.advance(100);
    await Promise.all(sending);
    const ninth = send({ ticket: '8' });
    await clock.advance(100);
    expect((await ninth).answer?.status).toBe(200);
  });
});
