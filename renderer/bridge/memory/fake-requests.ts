/** Requests of the operator's own, answered by connections that only pretend. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { RequestWish, SentRequest } from '../../../core/contract/requests.ts';
import type { FakePool } from './fake-pool.ts';

const encoder = new TextEncoder();

function base64(text: string): string {
  return btoa(String.fromCharCode(...encoder.encode(text)));
}

/** A connection that is idle, or a new one. */
function connectionFor(pool: FakePool, host: string, ip: string | null): { row: ConnectionRow; isNew: boolean } | null {
  const idle = [...pool.rows.values()].find(
    (row) => row.host === host && row.state === 'idle' && row.healthy && (ip === null || row.ip === ip),
  );
  const row =
    idle ??
    pool.open(
      0,
      pool.options.fleet.find((one) => one.host === host),
      ip ?? undefined,
    );
  return row && { row, isNew: idle === undefined };
}

const validationMs = 3.1;

export function sendFake(pool: FakePool, wish: RequestWish, nowMs: number): SentRequest {
  const url = URL.parse(wish.url);
  const host = pool.options.fleet.find((one) => one.host === url?.host);
  if (url === null || host === undefined) {
    const known = pool.options.fleet.map((one) => one.host).join(', ');
    throw new ContractError(
      'conflict',
      `${url?.host ?? wish.url} is not watched (${known}): add it to [[targets]] first.`,
    );
  }
  const found = connectionFor(pool, host.host, wish.ip);
  if (found === null) {
    const message =
      wish.ip === undefined || wish.ip === null
        ? `no address of ${host.host} may be dialled: all of them: blocked by 127.0.0.0/8`
        : `${wish.ip} may not be dialled for ${host.host}: blocked by 127.0.0.0/8`;
    return { ...unanswered, beganAtMs: nowMs, failure: { kind: 'not-allowed', message } };
  }
  const { row, isNew } = found;
  const body = JSON.stringify(
    { path: `${url.pathname}${url.search}`, method: wish.method, served_by: row.ip },
    null,
    2,
  );
  const status = url.pathname === host.path ? 200 : 404;
  const firstByteMs = row.lastResponseMs ?? host.responseMs;
  const bodyMs = wish.method === 'HEAD' ? 0 : 0.4;
  const paid = { tcpMs: row.tcpMs ?? 0, tlsMs: row.tlsMs ?? 0, validationMs };
  const waitMs = isNew ? 0.8 : 0.02;
  const sent = encoder.encode(body).length;
  const bytes = wish.method === 'HEAD' ? 0 : sent;
  return {
    beganAtMs: nowMs,
    supply: isNew ? 'cold' : 'hot',
    connection: {
      id: row.id,
      host: row.host,
      ip: row.ip,
      port: row.port,
      protocol: row.protocol ?? 'h2',
      profile: row.profile,
      resumed: row.resumed,
      createdAtMs: row.createdAtMs,
      servedBefore: isNew ? 0 : row.leases,
      making: paid,
    },
    times: {
      waitMs,
      ...(isNew ? paid : { tcpMs: null, tlsMs: null, validationMs: null }),
      firstByteMs,
      bodyMs,
      totalMs: waitMs + (isNew ? paid.tcpMs + paid.tlsMs + validationMs : 0) + firstByteMs + bodyMs,
    },
    answer: {
      status,
      verdict: status === 200 ? 'good' : 'bad-status',
      headers: [
        { name: 'content-type', value: 'application/json; charset=utf-8' },
        { name: 'content-length', value: String(sent) },
        { name: 'server', value: 'demo-origin' },
      ],
      body: { base64: bytes === 0 ? '' : base64(body), keptBytes: bytes, bytes, complete: true },
    },
    failure: null,
  };
}

const unanswered: Omit<SentRequest, 'beganAtMs' | 'failure'> = {
  supply: null,
  connection: null,
  times: {
    waitMs: 0.1,
    tcpMs: null,
    tlsMs: null,
    validationMs: null,
    firstByteMs: null,
    bodyMs: null,
    totalMs: 0.1,
  },
  answer: null,
};
