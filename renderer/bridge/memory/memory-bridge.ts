/**
 * The whole console without a host: for tests and the gallery, never in the production bundle. It answers by the
 * contract and its frames go through the same parsing as those of a real host.
 */

import { ContractError } from '../../../core/contract/errors.ts';
import {
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
  type StreamFrame,
  type StreamName,
} from '../../../core/contract/index.ts';
import type { KeptPreferences } from '../../../core/contract/preferences.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import type { ConsoleBridge, LinkState } from '../console-bridge.ts';
import { Link } from '../link-state.ts';
import { readFrame, readOutput } from '../read-message.ts';
import { accessAnswers } from './access-answers.ts';
import { alertAnswers } from './alert-answers.ts';
import { configAnswers, configStateOf, fakeConfigFile } from './config-answers.ts';
import { FakeAccess } from './fake-access.ts';
import { FakeAlerts } from './fake-alerts.ts';
import { FakeDemo } from './fake-demo.ts';
import { fakeDiagnosis } from './fake-diagnosis.ts';
import { FakeEvents } from './fake-events.ts';
import { fakeFleet } from './fake-fleet.ts';
import { fakeHealth } from './fake-health.ts';
import { fakeHistory } from './fake-history.ts';
import { FakeLimits } from './fake-limits.ts';
import { FakeLoads } from './fake-loads.ts';
import { FakeMoments } from './fake-moments.ts';
import { FakePast } from './fake-past.ts';
import { FakePool } from './fake-pool.ts';
import { fakeRandom } from './fake-random.ts';
import { sendFake } from './fake-requests.ts';
import { fakeStatistics } from './fake-statistics.ts';
import { FakeWarmUps } from './fake-warm-up.ts';
import type { Answers } from './memory-answers.ts';
import { poolAnswers } from './pool-answers.ts';
import { planFake, warmUpAnswers } from './warm-up-answers.ts';

export interface MemoryBridgeOptions {
  readonly endpoints: number;
  readonly connections: number;
  readonly maxConnections: number;
  /** Requests a second, about. */
  readonly rate: number;
  /** Share of requests and dials that fail, 0 to 1. */
  readonly failing: number;
  readonly seed: number;
  /** White list entries to begin with. */
  readonly whitelisted: number;
  readonly now: () => number;
  /** So much of the past is played before anybody watches, by `run`. */
  readonly behindMs: number;
}

const defaults: MemoryBridgeOptions = {
  endpoints: 60,
  connections: 53,
  maxConnections: 200,
  rate: 42,
  failing: 0.008,
  seed: 7,
  whitelisted: 60,
  now: Date.now,
  behindMs: 0,
};

interface Subscriber {
  readonly stream: StreamName;
  readonly deliver: (frame: unknown) => void;
  seq: number;
  /** Its first picture has gone out. */
  begun: boolean;
}

export class MemoryBridge implements ConsoleBridge {
  readonly pool: FakePool;
  readonly access = new FakeAccess();
  readonly warmUps: FakeWarmUps;
  readonly alerts: FakeAlerts;
  readonly loads: FakeLoads;
  readonly #options: MemoryBridgeOptions;
  readonly #link = new Link();
  readonly #subscribers = new Set<Subscriber>();
  readonly #startedAtMs: number;
  readonly #limits: FakeLimits;
  readonly #past: FakePast;
  readonly #moments: FakeMoments;
  readonly #events: FakeEvents;
  readonly #demo: FakeDemo;
  readonly #answers: Answers;
  #preferences: KeptPreferences = {};
  #steps = 0;
  #behindMs: number;

  constructor(options: Partial<MemoryBridgeOptions> = {}) {
    const given = { ...defaults, ...options };
    this.#behindMs = given.behindMs;
    this.#options = { ...given, now: () => given.now() - this.#behindMs };
    const { endpoints, connections, failing, rate, seed, now } = this.#options;
    this.#startedAtMs = now() - (2 * 3600 + 14 * 60 + 7) * 1_000;
    const fleet = fakeFleet(endpoints);
    this.pool = new FakePool({ fleet, connections, failing, rate, now, random: fakeRandom(seed) });
    this.pool.blocked = (ip) => this.access.isBlocked(ip);
    this.warmUps = new FakeWarmUps(this.pool, Math.max(failing, 0.02));
    this.loads = new FakeLoads(this.pool, fakeRandom(seed + 2));
    this.#demo = new FakeDemo(fleet);
    this.#limits = new FakeLimits(this.#options.maxConnections);
    this.access.seed(
      fleet.flatMap((host) => host.ips),
      this.#options.whitelisted,
      this.#options.now(),
      fakeRandom(seed + 1),
    );
    this.alerts = new FakeAlerts((rule) => this.#limits.threshold(rule));
    this.alerts.second(this.#statistics());
    this.#past = new FakePast(fleet, failing, connections > 0, now());
    const lives = connections > 0;
    this.#events = new FakeEvents({ fleet, failing, lives, startedAtMs: this.#startedAtMs, now: now() });
    this.#moments = new FakeMoments({
      rows: this.pool.rows.values(),
      statistics: this.#statistics(),
      health: (rows, atMs) => fakeHealth(fleet, rows, this.access.entries, this.#past, atMs),
      rate,
      now,
    });
    this.#answers = this.#makeAnswers();
    this.#link.set({ phase: 'live' });
  }

  link(): LinkState {
    return this.#link.state;
  }

  onLink(listener: () => void): () => void {
    return this.#link.listen(listener);
  }

  /** For scenes: a lost or refused link. */
  setLink(change: Partial<LinkState>): void {
    this.#link.set(change);
  }

  retryNow(): void {
    this.#link.set({ phase: 'live', attempts: 0, retryAt: null });
  }

  close(): void {
    this.#subscribers.clear();
  }

  async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    if (this.#link.state.phase !== 'live') {
      throw new ContractError('disconnected', 'The engine cannot be reached. Nothing was changed.');
    }
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({ at: issue.path.join('.'), message: issue.message }));
      throw new ContractError('invalid-input', `${name}: ${issues[0]?.at}: ${issues[0]?.message}`, issues);
    }
    await Promise.resolve();
    const answer = this.#answers[name] as (input: unknown) => unknown;
    const output = readOutput(name, answer(parsed.data));
    this.#flush();
    return output;
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    const subscriber: Subscriber = {
      stream,
      seq: 0,
      begun: false,
      deliver: (frame) => listener(readFrame(stream, frame)),
    };
    this.#subscribers.add(subscriber);
    queueMicrotask(() => {
      if (this.#subscribers.has(subscriber)) {
        subscriber.begun = true;
        subscriber.deliver(this.#picture(subscriber));
      }
    });
    return () => this.#subscribers.delete(subscriber);
  }

  /** A tenth of a second goes by in the fake engine; frames go out. */
  step(): void {
    if (this.#link.state.phase !== 'live') {
      return;
    }
    this.#steps += 1;
    this.pool.step();
    this.warmUps.step();
    this.loads.step();
    this.#flush();
    if (this.#steps % 10 === 0) {
      const sample = this.pool.endSecond();
      const statistics = this.#statistics();
      this.alerts.second(statistics);
      this.#send('statistics', () => ({ statistics, samples: [sample] }));
      this.#sendAlerts();
    }
  }

  /** So many tenths of a second at once, before anybody watches. */
  run(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      this.#behindMs = Math.max(0, this.#behindMs - 100);
      this.step();
    }
  }

  #sendAlerts(): void {
    this.#send('alerts', () => this.alerts.list());
    this.#send('alertWatches', () => ({ atMs: this.#options.now(), watches: this.alerts.watches() }));
  }

  #flush(): void {
    const { rows, changed, removed } = this.pool;
    if (changed.size + removed.size > 0) {
      const upserts = [...changed].flatMap((id) => rows.get(id) ?? []);
      const removes = [...removed].map(([id, reason]) => ({ id, reason }));
      changed.clear();
      removed.clear();
      const counters = this.#statistics();
      this.#send('connections', (subscriber) => ({
        seq: ++subscriber.seq,
        atMs: this.#options.now(),
        reset: false,
        unfinished: false,
        upserts,
        removes,
        counters,
      }));
    }
    const { changed: changedLoads } = this.loads;
    if (changedLoads.size > 0) {
      const runs = this.loads.runs().filter(({ id }) => changedLoads.has(id));
      changedLoads.clear();
      this.#send('loadRuns', () => ({ reset: false, runs }));
    }
    const { changedRuns, changedCells, jobs } = this.warmUps;
    if (changedRuns.size > 0) {
      const runs = [...changedRuns].flatMap((id) => jobs.get(id)?.run ?? []);
      const cells = [...changedCells].map(([runId, list]) => ({ runId, cells: [...list] }));
      changedRuns.clear();
      changedCells.clear();
      this.#send('warmUp', () => ({ reset: false, runs, remembered: [...this.warmUps.jobs.keys()], cells }));
    }
  }

  #send(stream: StreamName, frame: (subscriber: Subscriber) => unknown): void {
    for (const subscriber of [...this.#subscribers]) {
      if (subscriber.stream === stream && subscriber.begun) {
        subscriber.deliver(structuredClone(frame(subscriber)));
      }
    }
  }

  #picture(subscriber: Subscriber): unknown {
    switch (subscriber.stream) {
      case 'connections':
        return {
          seq: ++subscriber.seq,
          atMs: this.#options.now(),
          reset: true,
          unfinished: false,
          upserts: [...this.pool.rows.values()],
          removes: [],
          counters: this.#statistics(),
        };
      case 'statistics':
        return { statistics: this.#statistics(), samples: this.pool.samples };
      case 'warmUp':
        return {
          reset: true,
          runs: [...this.warmUps.jobs.values()].map((job) => job.run),
          remembered: [...this.warmUps.jobs.keys()],
          cells: [...this.warmUps.jobs].map(([runId, job]) => ({ runId, cells: job.cells })),
        };
      case 'access':
        return this.access.frame();
      case 'config':
        return configStateOf(this.#limits, this.pool.options.fleet);
      case 'preferences':
        return this.#preferences;
      case 'events':
        return { reset: true, events: this.#events.all.slice(-200) };
      case 'alerts':
        return this.alerts.list();
      case 'loadRuns':
        return { reset: true, runs: this.loads.runs() };
      case 'alertWatches':
        return { atMs: this.#options.now(), watches: this.alerts.watches() };
      case 'health': {
        const { ips, ...picture } = this.#health();
        return { ...picture, reset: true, upserts: ips, removes: [] };
      }
    }
  }

  #health() {
    const { fleet } = this.pool.options;
    return fakeHealth(fleet, this.pool.rows.values(), this.access.entries, this.#past, this.#options.now());
  }

  #statistics() {
    const count = (list: string): number => this.access.entries.filter((entry) => entry.list === list).length;
    return fakeStatistics(this.pool, {
      startedAtMs: this.#startedAtMs,
      maxConnections: this.#limits.value('pool.max_connections'),
      whitelistIps: count('white'),
      blacklistIps: count('black'),
    });
  }

  #makeAnswers(): Answers {
    const { pool, access, warmUps } = this;
    const { now } = this.#options;
    return {
      'session.describe': () => ({
        version: '0.1.0',
        mode: pool.options.fleet.length === 0 ? 'config' : 'demo',
        startedAtMs: this.#startedAtMs,
        configFile: pool.options.fleet.length === 0 ? fakeConfigFile : null,
        dataFolder: '/home/operator/.config/hotpool-console',
        hosts: pool.options.fleet.map(({ host, path, ips }) => ({
          host,
          path,
          ips: ips.length,
          ipv6: ips.filter((ip) => ip.includes(':')).length,
        })),
        warnings: [],
      }),
      'statistics.get': () => this.#statistics(),
      ...poolAnswers(pool, () => this.#health(), now),
      ...warmUpAnswers(warmUps, (job) => this.plan(job)),
      ...accessAnswers({ access, pool, now, changed: () => this.#send('access', () => access.frame()) }),
      ...configAnswers(this.#limits, pool.options.fleet, () =>
        this.#send('config', () => configStateOf(this.#limits, this.pool.options.fleet)),
      ),
      ...alertAnswers(this.alerts, () => this.#sendAlerts()),
      'demo.faults': () => this.#demo.picture(),
      'demo.setFault': (wish) => ({ endpoints: this.#demo.set(wish) }),
      'demo.checkOwn': () => ({ faults: [] }),
      'demo.listed': () => ({ entries: 28 }),
      'demo.watchOwn': () => {
        throw new ContractError('refused', 'There is no disk behind this picture.');
      },
      ...fakeHistory(pool, this.#past, this.#moments, this.#events, now),
      'load.start': (job) => ({ runId: this.loads.start(job) }),
      'load.cancel': ({ runId }) => ({ cancelled: this.loads.cancel(runId) }),
      'load.runs': () => ({ runs: this.loads.runs() }),
      'requests.send': (wish) => sendFake(pool, wish, now()),
      'requests.cancel': () => ({ cancelled: false }),
      'preferences.change': ({ change }) => {
        this.#preferences = { ...this.#preferences, ...change };
        this.#send('preferences', () => this.#preferences);
        return {};
      },
      'diagnosis.run': () => fakeDiagnosis(now()),
    };
  }

  plan(job: WarmUpJob): WarmUpPlan {
    return planFake(job, this.pool, this.#limits);
  }
}
