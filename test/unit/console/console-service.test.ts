import { beforeEach, describe, expect, it } from 'vitest';
import type { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import { stateReading } from '../../../core/alerts/alert-reading.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { HealthActs, IpHealthView, RunningConfig, WarmUpRuns } from '../../../core/console/console-ports.ts';
import { ConsoleService } from '../../../core/console/console-service.ts';
import type { DemoPicture } from '../../../core/contract/demo.ts';
import { noPatterns } from '../../../core/contract/event-patterns.ts';
import type { ConnectionLife } from '../../../core/contract/history-lives.ts';
import type { HistoryMoment } from '../../../core/contract/history-moment.ts';
import { type RequestName, requests, streams } from '../../../core/contract/index.ts';
import { listArms } from '../../../core/contract/lists-effect.ts';
import type { LoadJob } from '../../../core/contract/load-run.ts';
import { phrase } from '../../../core/contract/phrase.ts';
import type { RequestWish } from '../../../core/contract/requests.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { parseIpList } from '../../../core/warm-up/ip-list.ts';
import { accessFixture, adding } from '../../support/access-fixtures.ts';
import { FakePoolView } from '../../support/console/fake-pool-view.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { sentRequestOf } from '../../support/request-fixtures.ts';
import { hostPlanOf, hostRunOf, planOf, runOf } from '../../support/warm-up-fixtures.ts';

let clock: ManualClock;
let pool: FakePoolView;
let service: ConsoleService;
let jobs: WarmUpJob[];
let remembered: WarmUpRun[];
let checked: number[][];
let loads: LoadJob[];
let sent: RequestWish[];
let access: IpAccessController;
let planError: Error | null;
let demo: DemoPicture | null;

beforeEach(async () => {
  clock = new ManualClock();
  pool = new FakePoolView();
  jobs = [];
  remembered = [];
  checked = [];
  loads = [];
  sent = [];
  planError = null;
  demo = { hosts: [{ host: 'tiles.demo.test', endpoints: 9 }], faults: [] };
  const warmUp: WarmUpRuns = {
    plan: async (job) => {
      if (planError) {
        throw planError;
      }
      return planOf({ hosts: job.hosts.map((host) => hostPlanOf({ host })) });
    },
    start: (job) => jobs.push(job),
    pause: (runId) => runId === 1,
    resume: (runId) => runId === 2,
    cancel: (runId) => runId === 1,
    retryFailed: (runId) => runId + 1,
    parseIps: async (text) => parseIpList(text, () => null),
    runs: () => [],
    run: (runId) => remembered.find(({ id }) => id === runId),
    ids: () => remembered.map(({ id }) => id),
    cells: () => [],
    observe: () => () => {},
  };
  const health: HealthActs = {
    check: async (ids) => {
      checked.push([...ids]);
      return ids.length;
    },
    checkAll: async () => ({ checked: 3, healthy: 2, unhealthy: 1 }),
    cleanUpUnhealthy: () => 4,
  };
  const ipHealth: IpHealthView = {
    picture: () => ({ atMs: 1, localOutage: null, hosts: [], ips: [] }),
    probe: () => true,
  };
  ({ lists: access } = accessFixture({ clock }));
  await access.apply(adding('black', '198.51.100.1'));
  access.onChange(() => {
    for (const row of [...pool.rows()].filter(({ ip }) => !access.isAllowed(ip))) {
      pool.remove(row.id, 'blacklisted');
    }
  });
  const config: RunningConfig = {
    describe: () => ({ ...configState, keys: [], targetKeys: [], targets: [] }),
    state: () => configState,
    onChange: () => () => {},
    preview: () => configPreview,
    previewText: () => Promise.resolve({ ...configPreview, text: '', values: {} }),
    update: async () => configApplied,
    text: async () => ({ file: 'hotpool.toml', exists: true, text: '', revision: 'r1' }),
    saveText: async () => configApplied,
    presets: () => ({ presets: [], requestsPerSecond: 12.5, suggested: 'medium' }),
    history: async () => ({ versions: [] }),
    version: async () => ({ ...configPreview, text: '', values: {} }),
    revert: async () => configApplied,
  };
  const alerts = new AlertKeeper({ clock, events: new EventBus(clock), settings: () => defaultSettings().alerts });
  alerts.addSource(() => [stateReading('leak', 'pool', true, null, 1)]);
  alerts.judge(clock.monotonicMs());
  service = new ConsoleService({
    clock,
    events: new EventBus(clock),
    pool,
    warmUp,
    health,
    ipHealth,
    access,
    alerts,
    config,
    demo: {
      picture: () => demo,
      set: async () => (demo ? 3 : null),
      listed: () => 28,
      checkOwn: async () => [],
      watchOwn: async () => configApplied,
    },
    explainer: fakePool().pool,
    diagnosis: { run: () => ({ atMs: 1, findings: [], rules: 3 }) },
    history: {
      series: async () => ({ stepMs: 1_000, points: [] }),
      events: async () => ({ events: [], cursor: null }),
      lives: async () => ({ lives: [], cursor: null }),
      life: async ({ engineStartedAtMs, connectionId: id }) => ({ ...keptLife, engineStartedAtMs, id }),
      alerts: async () => ({ alerts: [], cursor: null }),
      checks: async () => ({ checks: [], cursor: null }),
      spans: async () => ({ spans: [], cursor: null }),
      errors: async ({ fromMs }) => ({ fromMs, stepMs: 1_000, columns: 0, classes: [] }),
      samples: async () => ({ stepMs: 1_000, samples: [] }),
      cells: async ({ fromMs }) => ({ fromMs, stepMs: 1_000, columns: 0, rows: [], total: 0 }),
      warmUps: async () => ({ warmUps: [], cursor: null }),
      warmUpCells: async () => ({ cells: [] }),
      moment: async ({ atMs }) => ({ ...emptyMoment, atMs, statistics: pool.statistics() }),
      changes: async () => ({ changes: [], cursor: null }),
      patterns: async () => ({ counts: noPatterns() }),
      status: () => ({
        recording: true,
        fault: null,
        file: 'history',
        sizeBytes: 0,
        oldestAtMs: null,
        firstMomentMs: null,
        lost: 0,
      }),
    },
    load: {
      start: (job) => loads.push(job),
      cancel: (runId) => runId === 1,
      runs: () => [],
      running: false,
      observe: () => () => {},
    },
    requests: {
      send: async (wish) => {
        sent.push(wish);
        return sentRequestOf();
      },
      cancel: (ticket) => ticket === 'one',
    },
    preferences: { current: () => ({}), onChange: () => () => {}, change: async () => {} },
    listsEffect: {
      measure: async ({ endpoints, seed }) => ({
        seed,
        endpoints,
        failing: 48,
        whitelist: 50,
        blacklist: 30,
        arms: listArms.map((arm) => ({
          arm,
          wanted: 40,
          served: 40,
          attempts: 50,
          failures: 10,
          successRate: 0.8,
          tookMs: 5,
        })),
        whiteLift: 0,
        blackCut: 0,
        bothLift: 0,
        met: false,
      }),
    },
    engineStartedAtMs: 5,
    session: async () => ({
      version: '1',
      mode: 'demo',
      startedAtMs: 0,
      configFile: null,
      dataFolder: '/d',
      hosts: [],
      warnings: [],
    }),
    watchedHosts: () => ['tiles.demo.test', 'api.demo.test:8443'],
  });
});

const emptyMoment: Omit<HistoryMoment, 'statistics' | 'atMs'> = {
  reset: true,
  upserts: [],
  removes: [],
  health: { localOutage: null, hosts: [], upserts: [], removes: [] },
  warmUps: [],
  firstMs: 0,
  lastMs: 1,
};
const keptLife: Omit<ConnectionLife, 'id' | 'engineStartedAtMs'> = {
  host: 'tiles.demo.test',
  ip: '10.0.0.1',
  port: 443,
  profile: 'modern-h2',
  protocol: 'h2',
  resumed: false,
  createdAtMs: 2,
  closedAtMs: 9,
  reason: 'idle-timeout',
  tcpMs: 1,
  tlsMs: 2,
  lastResponseMs: null,
  leases: 3,
  requests: 3,
  errors: 0,
};
const configState = {
  revision: 'r1',
  file: 'hotpool.toml',
  fault: null,
  warnings: [phrase('config.not-watched', { host: 'w' })],
  missing: false,
};
const configPreview = { faults: [], diff: [], warnings: [], effects: [], text: null };
const configApplied = { diff: [], warnings: [], effects: [], revision: 'r2', file: 'hotpool.toml', applied: true };

/** The first alert's, by the clock that it is made with. */
const alertId = new ManualClock().epochMs();

const inputs: { [Name in RequestName]: unknown } = {
  'session.describe': {},
  'connections.drain': { ids: [1] },
  'connections.close': { ids: [1] },
  'connections.check': { ids: [1] },
  'statistics.get': {},
  'preferences.change': { change: { theme: 'light' } },
  'warmUp.parseIps': { text: '10.0.0.1' },
  'warmUp.plan': { hosts: ['tiles.demo.test'], connections: 1 },
  'warmUp.start': { hosts: ['tiles.demo.test'], connections: 1 },
  'warmUp.pause': { runId: 1 },
  'warmUp.resume': { runId: 1 },
  'warmUp.retryFailed': { runId: 1 },
  'warmUp.cancel': { runId: 1 },
  'access.parse': { text: '10.0.0.1' },
  'access.stage': { ticket: 't', from: 0 },
  'access.preview': {},
  'access.apply': {},
  'access.audit': {},
  'access.previewUndo': { changeId: 1 },
  'access.undo': { changeId: 1 },
  'access.save': {},
  'access.explain': { value: '198.51.100.1' },
  'access.findings': {},
  'access.measureEffect': {},
  'health.checkAll': {},
  'pool.explain': { host: 'tiles.demo.test' },
  'health.cleanUpUnhealthy': {},
  'health.ips': {},
  'health.probe': { host: 'tiles.demo.test', ip: '10.0.0.1', port: 443 },
  'config.get': {},
  'config.preview': { changes: { 'pool.max_connections': 5 } },
  'config.update': { changes: {} },
  'config.text': {},
  'config.previewText': { text: '' },
  'config.saveText': { text: '', revision: 'r1' },
  'config.presets': {},
  'config.history': {},
  'config.version': { id: '1' },
  'config.revert': { id: '1' },
  'demo.faults': {},
  'demo.listed': {},
  'demo.setFault': { fault: '403', host: 'tiles.demo.test', count: 3 },
  'demo.checkOwn': { host: 'example.com' },
  'demo.watchOwn': { host: 'example.com', values: { path: '/health', ips: ['192.0.2.1'] } },
  'history.series': { metric: 'total', fromMs: 0, toMs: 1 },
  'history.events': { fromMs: 0, toMs: 1 },
  'history.lives': { fromMs: 0, toMs: 1 },
  'history.life': { connectionId: 7, engineStartedAtMs: 1 },
  'history.alerts': { fromMs: 0, toMs: 1 },
  'history.checks': { fromMs: 0, toMs: 1 },
  'history.spans': { fromMs: 0, toMs: 1 },
  'history.cells': { fromMs: 0, toMs: 1 },
  'history.errors': { fromMs: 0, toMs: 1 },
  'history.samples': { fromMs: 0, toMs: 1 },
  'history.warmUps': { fromMs: 0, toMs: 1 },
  'history.warmUpCells': { key: 1 },
  'history.moment': { atMs: 1 },
  'history.changes': { fromMs: 0, toMs: 1 },
  'history.status': {},
  'events.patterns': { fromMs: 0, toMs: 1 },
  'events.countPatterns': { text: '连接不健康' },
  'alerts.list': {},
  'alerts.past': { fromMs: 0, toMs: 1 },
  'alerts.acknowledge': { id: alertId, reason: 'known' },
  'alerts.mute': { id: alertId, minutes: 5 },
  'alerts.unmute': { id: alertId },
  'diagnosis.run': {},
  'load.start': { urls: ['https://tiles.demo.test/'] },
  'load.cancel': { runId: 1 },
  'load.runs': {},
  'requests.send': { ticket: 'one', url: 'https://tiles.demo.test/' },
  'requests.cancel': { ticket: 'one' },
};

describe('every request of the contract', () => {
  it.each(Object.keys(requests))('%s is answered in the form that the contract promises', async (name) => {
    const known = name as RequestName;
    const output = await service.answer(known, inputs[known]);
    expect(requests[known].output.parse(output)).toEqual(output);
  });

  it.each(Object.keys(requests))('%s refuses what is not its input', async (name) => {
    await expect(service.answer(name as RequestName, 'nonsense')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it.each(Object.keys(requests))('%s is refused when the engine is closed', async (name) => {
    service.close();
    const known = name as RequestName;
    await expect(service.answer(known, inputs[known])).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('an explanation', () => {
  it('of a connection of which nothing is known is told as not found', async () => {
    await expect(service.request('pool.explain', { connectionId: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is asked for with one subject, and a host that is none is refused', async () => {
    await expect(service.answer('pool.explain', { host: 'a.test', ip: '10.0.0.1' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(service.request('pool.explain', { host: 'a.test:99999' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('every stream of the contract', () => {
  it.each(Object.keys(streams) as (keyof typeof streams)[])('%s begins with a frame of its form', async (name) => {
    pool.put(1);
    const frames: unknown[] = [];
    const end = service.subscribe(name, (frame) => frames.push(frame));
    await clock.advance(0);
    expect(frames).toHaveLength(1);
    expect(streams[name].frame.parse(frames[0])).toEqual(frames[0]);
    end();
    expect(clock.timers).toBe(0);
  });

  it('ends when the engine closes', async () => {
    const frames: unknown[] = [];
    service.subscribe('connections', (frame) => frames.push(frame));
    service.close();
    await clock.advance(1_000);
    expect(frames).toEqual([]);
    expect([pool.observers, clock.timers]).toEqual([0, 0]);
    expect(() => service.subscribe('events', () => {})).toThrow('closed');
  });
});

describe('acts', () => {
  it('close and check count each named connection once, and only those that are there', async () => {
    pool.put(1);
    pool.put(2);
    expect(await service.request('connections.close', { ids: [1, 1, 2, 99] })).toEqual({ acted: 2 });
    await service.request('connections.check', { ids: [5, 5, 6] });
    expect(checked).toEqual([[5, 6]]);
  });

  it('the impact of a block is counted before it takes effect', async () => {
    pool.put(1, { ip: '10.0.0.1' });
    pool.put(2, { ip: '10.0.0.1', state: 'leased' });
    pool.put(3, { ip: '10.0.0.2' });
    const change = { add: [{ list: 'black' as const, value: '10.0.0.1' }] };
    const impact = { closesConnections: 2, ofThemLeased: 1 };
    expect(await service.request('access.preview', change)).toEqual({
      ...impact,
      ofConnections: 3,
      revision: 1,
      conflicts: [],
      conflictCount: 0,
      nextConflict: null,
    });
    expect([...pool.rows()]).toHaveLength(3);
    const applied = await service.request('access.apply', change);
    expect(applied).toEqual({ revision: 2, added: 1, removed: 0, changeId: 2, impact });
    expect([...pool.rows()].map(({ id }) => id)).toEqual([3]);
  });

  it('a warm-up goes to watched hosts alone, under their canonical name', async () => {
    await service.request('warmUp.start', { hosts: [' TILES.demo.test:443 '], connections: 2 });
    expect(jobs).toMatchObject([{ hosts: ['tiles.demo.test'], connections: 2, retries: 3 }]);
    for (const host of ['example.com', 'api.demo.test']) {
      await expect(
        service.request('warmUp.start', { hosts: ['tiles.demo.test', host], connections: 1 }),
      ).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('tiles.demo.test, api.demo.test:8443'),
      });
    }
    await expect(service.request('warmUp.plan', { hosts: ['a:0'], connections: 1 })).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ at: 'hosts.0' }],
    });
    expect(jobs).toHaveLength(1);
  });

  it('a load goes to watched hosts alone, and every URL is read before it begins', async () => {
    await service.request('load.start', { urls: ['https://TILES.demo.test:443/a?b=1', 'https://api.demo.test:8443/'] });
    expect(loads).toMatchObject([{ concurrency: 8, durationMs: 10_000 }]);
    const start = (...urls: string[]): Promise<unknown> => service.request('load.start', { urls });
    await expect(start('https://tiles.demo.test/', 'https://example.com/')).rejects.toMatchObject({ code: 'conflict' });
    await expect(start('https://tiles.demo.test/', 'http://tiles.demo.test/')).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ at: 'urls.1' }],
    });
    await expect(
      service.request('load.start', { urls: ['https://tiles.demo.test/'], durationMs: 300_001 }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(
      service.request('load.start', { urls: ['https://tiles.demo.test/'], concurrency: 257 }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    expect(loads).toHaveLength(1);
  });

  it('a request goes to a watched host alone, and what cannot be sent is told before anything is', async () => {
    const send = (wish: object): Promise<unknown> => service.answer('requests.send', { ticket: 't', ...wish });
    await send({ url: 'https://API.demo.test:8443/v1?q=1', method: 'POST', body: '{}' });
    expect(sent).toMatchObject([{ method: 'POST', body: '{}', priority: 'interactive', ip: null, timeoutMs: 10_000 }]);
    await expect(send({ url: 'https://example.com/' })).rejects.toMatchObject({ code: 'conflict' });
    for (const [at, wish] of [
      ['url', { url: 'http://tiles.demo.test/' }],
      ['url', { url: 'https://me:secret@tiles.demo.test/' }],
      ['body', { body: 'x' }],
      ['method', { method: 'TRACE' }],
      ['ip', { ip: 'tiles' }],
      ['timeoutMs', { timeoutMs: 60_001 }],
      ['headers.0.name', { headers: [{ name: 'Content-Length', value: '7' }] }],
      ['headers.0.name', { headers: [{ name: 'two words', value: '7' }] }],
      [
        'headers.1.value',
        {
          headers: [
            { name: 'a', value: '1' },
            { name: 'b', value: 'x\r\nhost: evil' },
          ],
        },
      ],
      [
        'headers',
        {
          headers: [
            { name: 'a', value: 'x'.repeat(10_000) },
            { name: 'b', value: 'x'.repeat(10_000) },
          ],
        },
      ],
    ] as const) {
      await expect(send({ url: 'https://tiles.demo.test/', ...wish }), at).rejects.toMatchObject({
        code: 'invalid-input',
        issues: [{ at }],
      });
    }
    expect(sent).toHaveLength(1);
  });

  it('without a demo no fault is switched, and nothing is left for hosts of one’s own', async () => {
    demo = null;
    expect(await service.request('demo.faults', {})).toBeNull();
    for (const refused of [
      service.request('demo.setFault', { fault: '403' }),
      service.request('demo.watchOwn', { host: 'example.com' }),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('no demo') });
    }
  });

  it('what failed is not tried again at a host that is not watched any more', async () => {
    const gone = hostRunOf({ host: 'gone.test', failed: 1 });
    remembered = [runOf({ id: 7, hosts: [gone] }), runOf({ id: 8, hosts: [{ ...gone, failed: 0 }] })];
    await expect(service.request('warmUp.retryFailed', { runId: 7 })).rejects.toMatchObject({ code: 'conflict' });
    expect(await service.request('warmUp.retryFailed', { runId: 8 })).toEqual({ runId: 9 });
  });

  it("the world's faults are told as they are, the program's own are not dressed up", async () => {
    planError = new ClassifiedError('dns', 'ENOTFOUND', 'tiles.demo.test could not be resolved');
    const plan = (): Promise<unknown> => service.request('warmUp.plan', { hosts: ['tiles.demo.test'], connections: 1 });
    await expect(plan()).rejects.toMatchObject({ code: 'conflict', message: planError.message });
    planError = new TypeError('x is undefined');
    await expect(plan()).rejects.toBe(planError);
  });
});
