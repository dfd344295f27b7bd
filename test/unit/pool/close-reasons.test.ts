/** Every close has one reason of the closed set, and each reason of the set can be driven. */
import { expect, it } from 'vitest';
import { type CloseReason, closeReasons } from '../../../core/contract/vocabulary.ts';
import type { SettingsChange } from '../../support/fake-network.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

interface Drive {
  readonly settings?: SettingsChange;
  act(fake: FakePool): Promise<unknown>;
}

async function lieIdle({ pool }: FakePool): Promise<void> {
  (await pool.acquire('example.test')).release();
}

const drives: Readonly<Record<CloseReason, Drive>> = {
  'idle-timeout': {
    settings: { pool: { idleTimeoutMs: 10_000, cleanupIntervalMs: 10_000 } },
    async act(fake) {
      await lieIdle(fake);
      await fake.clock.advance(20_000);
    },
  },
  'max-lifetime': {
    settings: { pool: { maxLifetimeMs: 10_000, maxConnectionsPerHost: 1 } },
    async act(fake) {
      await lieIdle(fake);
      await fake.clock.advance(10_000);
    },
  },
  replaced: {
    settings: { pool: { maxLifetimeMs: 10_000 } },
    async act(fake) {
      await lieIdle(fake);
      await fake.clock.advance(10_000);
    },
  },
  'server-idle-limit': {
    async act(fake) {
      fake.network.options = { serverIdleLimitMs: 5_000 };
      await lieIdle(fake);
      await fake.clock.advance(5_000);
    },
  },
  unhealthy: {
    async act(fake) {
      (await fake.pool.acquire('example.test')).release('failed');
      fake.pool.closeUnhealthy();
    },
  },
  blacklisted: {
    async act(fake) {
      const lease = await fake.pool.acquire('example.test');
      lease.release();
      fake.access.list('black', lease.ip);
    },
  },
  'not-allowed': {
    async act(fake) {
      await lieIdle(fake);
      fake.access.enforce = true;
      fake.access.announce();
    },
  },
  'peer-closed': {
    async act(fake) {
      await lieIdle(fake);
      fake.network.transports[0]?.end('peer-closed');
    },
  },
  goaway: {
    async act(fake) {
      await lieIdle(fake);
      fake.network.transports[0]?.end('goaway');
    },
  },
  broken: {
    async act(fake) {
      (await fake.pool.acquire('example.test')).release('broken');
    },
  },
  'response-not-drained': {
    async act(fake) {
      const lease = await fake.pool.acquire('example.test');
      const [transport] = fake.network.transports;
      if (transport) {
        transport.response = { status: 200, complete: false };
      }
      const { body } = await lease.request({ path: '/', method: 'GET' });
      body.on('error', () => undefined);
      lease.release();
      await fake.clock.advance(1_000);
    },
  },
  evicted: { settings: { pool: { maxIdleConnections: 0 } }, act: lieIdle },
  operator: {
    async act(fake) {
      await lieIdle(fake);
      fake.pool.closeConnection(1, 'operator');
    },
  },
  'config-changed': {
    async act(fake) {
      await lieIdle(fake);
      fake.configure({ pool: { maxIdleConnections: 0 } });
    },
  },
  'dns-vanished': {
    async act(fake) {
      await lieIdle(fake);
      fake.directory.change('example.test', ['10.0.0.9']);
    },
  },
  'pool-closed': {
    async act(fake) {
      await lieIdle(fake);
      await fake.pool.close();
    },
  },
  'failed-dial': {
    async act(fake) {
      fake.network.dials.set('*', 'refused');
      const waiting = fake.pool.acquire('example.test', { timeoutMs: 100 }).catch(() => undefined);
      await fake.clock.advance(100);
      await waiting;
    },
  },
  'failed-validation': {
    async act(fake) {
      fake.network.paths.set('/', 500);
      const waiting = fake.pool.acquire('example.test', { timeoutMs: 100 }).catch(() => undefined);
      await fake.clock.advance(100);
      await waiting;
    },
  },
  aborted: {
    async act(fake) {
      fake.network.dials.set('*', 'hang');
      const controller = new AbortController();
      const [endpoint] = await fake.pool.endpointsOf({ name: 'example.test', hostname: 'example.test', port: 443 });
      if (endpoint) {
        const opening = fake.pool.open(endpoint, { timeoutMs: 1_000, priority: 'warm-up', signal: controller.signal });
        controller.abort();
        await opening.catch(() => undefined);
      }
    },
  },
};

it.each(closeReasons)('%s is the reason that is told, once, and the socket is gone', async (reason) => {
  const { settings, act } = drives[reason];
  const fake = fakePool(settings);
  const told: CloseReason[] = [];
  fake.pool.observe({ changed: () => undefined, closed: (_id, why) => told.push(why) });
  await act(fake);
  expect(told).toEqual([reason]);
  expect(fake.network.transports.filter(({ destroyed }) => destroyed)).toHaveLength(
    reason === 'failed-dial' || reason === 'aborted' ? 0 : 1,
  );
  expect(fake.events.ofKind('connection.closed').map(({ data }) => data.reason)).toEqual([reason]);
});
