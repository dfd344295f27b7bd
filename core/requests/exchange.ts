/** One request from the wait for a connection to the end of the body, timed part by part. Never rejects: what goes wrong is the result. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { HealthSettings } from '../config/settings.ts';
import type { ConnectionExplanation } from '../contract/explain.ts';
import {
  type RequestAnswer,
  type RequestConnection,
  type RequestFailure,
  type RequestMethod,
  type RequestTimes,
  type RequestWish,
  requestBounds,
  type SentRequest,
} from '../contract/requests.ts';
import type { HttpsUrl } from '../dial/https-url.ts';
import { statusVerdict } from '../health/status-classes.ts';
import { isMadeSince } from '../pool/made-since.ts';
import { requestFaultOf } from '../pool/request-failure.ts';
import { BoundedBody } from './bounded-body.ts';

interface AcquireWish {
  readonly priority: RequestWish['priority'];
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What a request needs of the pool. */
export interface RequestPool {
  acquire(host: string, options: AcquireWish): Promise<RequestLease>;
  /** To this IP alone. */
  acquireTo(host: string, ip: string, options: AcquireWish): Promise<RequestLease>;
  /** Everything that is known of it now; null: nothing. */
  connection(connectionId: number): ConnectionExplanation | null;
}

export interface RequestLease extends Disposable {
  readonly connectionId: number;
  request(options: {
    readonly method: RequestMethod;
    readonly path: string;
    readonly headers: string[];
    readonly body: string | null;
    readonly signal: AbortSignal;
  }): Promise<{
    readonly statusCode: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: AsyncIterable<Uint8Array>;
  }>;
}

export interface ExchangeOptions {
  readonly wish: RequestWish;
  readonly target: HttpsUrl;
  readonly pool: RequestPool;
  readonly clock: Clock;
  readonly statuses: HealthSettings;
  /** The operator's will, or the end of the engine. */
  readonly cancelled: AbortSignal;
}

/** A connection that is free comes without a wait; what is measured then is the loop's turn. */
const atOnceMs = 1;

/** When each part was over, monotonic; null before. */
interface Marks {
  leasedMs: number | null;
  answeredMs: number | null;
  bodyEndMs: number | null;
}

export async function exchange(options: ExchangeOptions): Promise<SentRequest> {
  const { wish, target, pool, clock, statuses, cancelled } = options;
  const beganAtMs = clock.epochMs();
  const beganMs = clock.monotonicMs();
  const marks: Marks = { leasedMs: null, answeredMs: null, bodyEndMs: null };
  const deadline = new AbortController();
  const timer = clock.after(wish.timeoutMs, () => deadline.abort());
  const body = new BoundedBody(requestBounds);
  let made: ConnectionExplanation | null = null;
  let head: Pick<RequestAnswer, 'status' | 'verdict' | 'headers'> | null = null;
  let failure: SentRequest['failure'] = null;
  try {
    const { host, path } = target;
    const { method, ip, priority, timeoutMs } = wish;
    const asked = { priority, timeoutMs, signal: cancelled };
    using lease = await (ip === null ? pool.acquire(host.name, asked) : pool.acquireTo(host.name, ip, asked));
    marks.leasedMs = clock.monotonicMs();
    made = pool.connection(lease.connectionId);
    const answer = await lease.request({
      method,
      path,
      headers: wish.headers.flatMap(({ name, value }) => [name, value]),
      body: wish.body,
      signal: AbortSignal.any([cancelled, deadline.signal]),
    });
    marks.answeredMs = clock.monotonicMs();
    head = {
      status: answer.statusCode,
      verdict: statusVerdict(answer.statusCode, statuses),
      headers: headerList(answer.headers),
    };
    await body.read(answer.body);
    marks.bodyEndMs = clock.monotonicMs();
  } catch (error) {
    failure = failureOf(error, options, deadline.signal.aborted && marks.leasedMs !== null, head !== null);
  } finally {
    timer.cancel();
  }
  const supply = marks.leasedMs === null ? null : supplyOf(made, beganAtMs, marks.leasedMs - beganMs);
  return {
    beganAtMs,
    supply,
    connection: made && connectionOf(made),
    times: timesOf(marks, beganMs, clock.monotonicMs(), paidFor(made, supply, beganAtMs)),
    answer: head && { ...head, body: body.report() },
    failure,
  };
}

function supplyOf(
  made: ConnectionExplanation | null,
  beganAtMs: number,
  waitedMs: number,
): NonNullable<SentRequest['supply']> {
  if (waitedMs <= atOnceMs) {
    return 'hot';
  }
  // Its first lease is this one: another's would mean that it was made for him.
  const isOurs = made !== null && made.connection.leases <= 1;
  return isOurs && isMadeSince(made.connection.createdAtMs, beganAtMs) ? 'cold' : 'queued';
}

function connectionOf({ connection, making }: ConnectionExplanation): RequestConnection {
  const { id, host, ip, port, protocol, profile, resumed, createdAtMs, leases } = connection;
  return {
    id,
    host,
    ip,
    port,
    protocol: protocol ?? 'http/1.1',
    profile,
    resumed,
    createdAtMs,
    // The lease of this request is one of them.
    servedBefore: Math.max(0, leases - 1),
    making: { tcpMs: making.tcpMs, tlsMs: making.tlsMs, validationMs: making.validationMs },
  };
}

type Paid = Pick<RequestTimes, 'tcpMs' | 'tlsMs' | 'validationMs'>;

const nothing: Paid = { tcpMs: null, tlsMs: null, validationMs: null };

/** The parts of the wait: the making of its connection, or the check of one that had lain idle for long. */
function paidFor(made: ConnectionExplanation | null, supply: SentRequest['supply'], beganAtMs: number): Paid {
  if (made === null || supply === null || supply === 'hot') {
    return nothing;
  }
  if (supply === 'cold') {
    return made.making;
  }
  const check = made.events.findLast(({ kind }) => kind === 'check');
  return check && check.lastAtMs >= beganAtMs ? { ...nothing, validationMs: check.lastAtMs - beganAtMs } : nothing;
}

function timesOf(marks: Marks, beganMs: number, endMs: number, paid: Paid): RequestTimes {
  const { leasedMs, answeredMs, bodyEndMs } = marks;
  const { tcpMs, tlsMs, validationMs } = paid;
  const waitedMs = (leasedMs ?? endMs) - beganMs;
  return {
    waitMs: Math.max(0, waitedMs - (tcpMs ?? 0) - (tlsMs ?? 0) - (validationMs ?? 0)),
    tcpMs,
    tlsMs,
    validationMs,
    firstByteMs: leasedMs === null || answeredMs === null ? null : answeredMs - leasedMs,
    bodyMs: answeredMs === null ? null : (bodyEndMs ?? endMs) - answeredMs,
    totalMs: (bodyEndMs ?? endMs) - beganMs,
  };
}

function failureOf(
  error: unknown,
  { wish, cancelled }: ExchangeOptions,
  isLate: boolean,
  answered: boolean,
): { kind: RequestFailure; message: string } {
  if (cancelled.aborted) {
    return { kind: 'cancelled', message: cancelled.reason instanceof Error ? cancelled.reason.message : 'cancelled' };
  }
  if (isLate) {
    const what = answered ? 'the body did not come to its end' : 'no answer came';
    return { kind: 'timeout-response', message: `${what} within ${wish.timeoutMs} ms` };
  }
  const { kind, words } = requestFaultOf(error);
  return { kind, message: words };
}

function headerList(headers: IncomingHttpHeaders): RequestAnswer['headers'] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => ({ name, value: one })),
  );
}
