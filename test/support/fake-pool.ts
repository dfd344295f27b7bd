/** A pool on a fake network, with everything a test may want to look at. */
import { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import {
  FakeAccess,
  FakeBudget,
  FakeDirectory,
  FakeHealth,
  FakeNetwork,
  FakeValidator,
  fakeSettings,
  RecordingEvents,
  type SettingsChange,
} from './fake-network.ts';
import { ManualClock } from './manual-clock.ts';
import { seededRandom } from './seeded-random.ts';

export interface FakePool {
  readonly pool: HotConnPool;
  readonly clock: ManualClock;
  readonly network: FakeNetwork;
  readonly directory: FakeDirectory;
  readonly access: FakeAccess;
  readonly health: FakeHealth;
  readonly budget: FakeBudget;
  readonly validator: FakeValidator;
  readonly events: RecordingEvents;
  /** New settings on top of those it was made with. */
  configure(change: SettingsChange): void;
}

/** `example.test` has the addresses 10.0.0.1 to 10.0.0.3. */
export function fakePool(settings: SettingsChange = {}, seed = 1): FakePool {
  const clock = new ManualClock();
  const network = new FakeNetwork(clock);
  const directory = new FakeDirectory().set('example.test', ['10.0.0.1', '10.0.0.2', '10.0.0.3']);
  const access = new FakeAccess();
  const health = new FakeHealth();
  const budget = new FakeBudget();
  const validator = new FakeValidator();
  const events = new RecordingEvents();
  const pool = new HotConnPool(fakeSettings(settings), {
    clock,
    random: seededRandom(seed),
    dialer: network,
    budget,
    hosts: directory,
    access,
    health,
    validator,
    events,
    process: {
      sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
      dispose: () => undefined,
    },
  });
  return {
    pool,
    clock,
    network,
    directory,
    access,
    health,
    budget,
    validator,
    events,
    configure: (change) =>
      pool.updateConfig(fakeSettings({ ...settings, ...change, pool: { ...settings.pool, ...change.pool } })),
  };
}
