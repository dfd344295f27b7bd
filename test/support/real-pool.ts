/** A pool that dials real TLS origins on loopback. */
import { systemClock } from '../../core/base/clock.ts';
import { systemRandom } from '../../core/base/random.ts';
import { TlsDialer } from '../../core/dial/tls-dialer.ts';
import { HttpConnectionValidator } from '../../core/health/connection-validator.ts';
import { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import {
  FakeAccess,
  FakeBudget,
  FakeDirectory,
  FakeHealth,
  fakeSettings,
  RecordingEvents,
  type SettingsChange,
} from './fake-network.ts';
import type { TlsOrigin } from './tls-origin.ts';

export interface RealPool extends AsyncDisposable {
  readonly pool: HotConnPool;
  readonly access: FakeAccess;
  readonly health: FakeHealth;
  readonly events: RecordingEvents;
  readonly host: string;
}

/** The only host is the origin's; disposing closes the pool and waits for it. */
export function realPool(
  origin: Pick<TlsOrigin, 'hostname' | 'endpoint' | 'authority'>,
  change: SettingsChange = {},
): RealPool {
  const { hostname, endpoint } = origin;
  const settings = fakeSettings({ targets: [hostname], ...change });
  const access = new FakeAccess();
  const health = new FakeHealth();
  const events = new RecordingEvents();
  const pool = new HotConnPool(settings, {
    clock: systemClock,
    random: systemRandom,
    dialer: new TlsDialer({ clock: systemClock, extraCa: [origin.authority.certificatePem] }),
    budget: new FakeBudget(),
    hosts: new FakeDirectory().set(hostname, [endpoint.ip], endpoint.port),
    access,
    health,
    validator: new HttpConnectionValidator({ clock: systemClock, settings }),
    events,
    process: {
      sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 0, cpuShare: 0, rssBytes: 0, openFileDescriptors: null }),
      dispose: () => undefined,
    },
  });
  return {
    pool,
    access,
    health,
    events,
    host: hostname,
    async [Symbol.asyncDispose]() {
      await pool.close();
    },
  };
}
