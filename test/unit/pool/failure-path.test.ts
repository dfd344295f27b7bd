/** Document 003: what becomes of a connection that fails, row by row; each ends by serving or telling the next waiter. */
import { describe, expect, it } from 'vitest';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import type { Lease } from '../../../core/pool/lease.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

interface Row {
  readonly failure: string;
  /** What happens under the lease, up to its release. */
  readonly happen: (fake: FakePool, lease: Lease) => Promise<void> | void;
  /** null: it is looked at again, and serves. */
  readonly closed: CloseReason | null;
  /** After the release, until the next one is served. */
  readonly withinMs: number;
}

const rows: readonly Row[] = [
  {
    failure: 'network: it broke under the lease',
    happen: ({ network }) => network.transports[0]?.end('broken'),
    closed: 'broken',
    withinMs: 0,
  },
  {
    failure: 'broken: its user says so',
    happen: (_fake, lease) => lease.release('broken'),
    closed: 'broken',
    withinMs: 0,
  },
  {
    failure: 'timeout: an unread response does not come to its end',
    happen: async ({ network }, lease) => {
      const [transport] = network.transports;
      if (transport) {
        transport.response = { status: 200, chunks: [Buffer.from('a')], complete: false };
      }
      const { body } = await lease.request({ path: '/', method: 'GET' });
      body.on('error', () => undefined);
      lease.release();
    },
    closed: 'response-not-drained',
    withinMs: 1_000,
  },
  {
    failure: 'timeout: the look after a broken request has no answer',
    happen: async ({ network }, lease) => {
      network.transports[0]?.paths.set('/', 'hang');
      lease.release('failed');
    },
    closed: 'broken',
    withinMs: 11_000,
  },
  {
    failure: 'HTTP: its user was not satisfied, and a second look finds it good',
    happen: (_fake, lease) => lease.release('failed'),
    closed: null,
    withinMs: 1_000,
  },
  {
    failure: 'HTTP: the second look finds it no better',
    happen: ({ network }, lease) => {
      network.transports[0]?.paths.set('/', 500);
      lease.release('failed');
    },
    closed: 'unhealthy',
    withinMs: 1_000,
  },
  {
    failure: 'other: an operator closes it',
    happen: ({ pool }, lease) => {
      pool.closeConnection(lease.connectionId, 'operator');
      lease.release();
    },
    closed: 'operator',
    withinMs: 0,
  },
  {
    failure: 'other: its server has gone',
    happen: ({ network }) => network.transports[0]?.end('peer-closed'),
    closed: 'peer-closed',
    withinMs: 0,
  },
];

describe('the one who waits is served after', () => {
  it.each(rows)('$failure', async ({ happen, closed, withinMs }) => {
    const fake = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1 } });
    const lease = await fake.pool.acquire('example.test');
    let served: Lease | null = null;
    void fake.pool.acquire('example.test').then((next) => {
      served = next;
    });
    await settle();
    await happen(fake, lease);
    await fake.clock.advance(withinMs);
    expect(served).not.toBeNull();
    const explanation = fake.pool.explain(lease.connectionId);
    expect(explanation).toMatchObject(closed ? { closed: { reason: closed } } : { closed: null });
    expect(fake.pool.stats()).toMatchObject({ waiting: 0, totalConnections: 1, activeConnections: 1 });
  });

  it('nothing at all when there is nothing to be had: then it is told', async () => {
    const fake = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1 } });
    const lease = await fake.pool.acquire('example.test');
    const waiting = fake.pool.acquire('example.test').catch((error: unknown) => error);
    fake.network.dials.set('*', 'refused');
    lease.release('broken');
    await fake.clock.advance(5_000);
    expect(await waiting).toMatchObject({ errorClass: 'refused' });
  });
});

describe('a lease that outlives its connection’s time', () => {
  it('is not cut: neither by its successor nor by GOAWAY, however long it takes', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxLifetimeMs: 20_000, leakThresholdMs: 900_000 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    await clock.advance(60_000);
    expect(pool.row(lease.connectionId)?.state).toBe('draining');
    expect(network.transports[0]?.destroyed).toBe(false);
    const other = await pool.acquire('example.test');
    network.transports.find(({ destroyed }) => !destroyed)?.end('goaway');
    await clock.advance(10_000);
    lease.release();
    expect(pool.explain(lease.connectionId)).toMatchObject({ closed: { reason: 'replaced' } });
    other.release();
  });

  it('is cut after drain_timeout when the pool closes', async () => {
    const { pool, network, clock } = fakePool({ pool: { drainTimeoutMs: 2_000 } });
    network.options = { protocol: 'h2' };
    await pool.acquire('example.test');
    network.transports[0]?.end('goaway');
    await clock.advance(60_000);
    expect(network.transports[0]?.destroyed).toBe(false);
    const closing = pool.close();
    await clock.advance(2_000);
    await closing;
    expect(network.transports[0]?.destroyed).toBe(true);
  });
});
