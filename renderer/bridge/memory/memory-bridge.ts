/**
 * The whole console without a host: for tests and the gallery, never in the production bundle. It answers by the
 * contract and its frames go through the same parsing as those of a real host.
 */

import type { AccessAddition, AccessChange, AccessEntry, AccessImpact } from '../../../core/contract/access.ts';
import type { Alert } from '../../../core/contract/alerts.ts';
import type { ConfigState } from '../../../core/contract/config.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import {
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
  type StreamFrame,
  type StreamName,
} from '../../../core/contract/index.ts';
import type { WarmUpHostPlan, WarmUpJob, WarmUpPlan } from '../../../core/contract/warm-up.ts';
import type { ConsoleBridge, LinkState } from '../console-bridge.ts';
import { Link } from '../link-state.ts';
import { readFrame, readOutput } from '../read-message.ts';
import { FakeAccess } from './fake-access.ts';
import { FakeAlerts } from './fake-alerts.ts';
import { FakeDemo, fakeTargets } from './fake-demo.ts';
import { fakeDiagnosis } from './fake-diagnosis.ts';
import { explainFake } from './fake-explain.ts';
import { fakeFleet } from './fake-fleet.ts';
import { fakeHealth } from './fake-health.ts';
import { fakeHistory } from './fake-history.ts';
import { FakeLimits } from './fake-limits.ts';
import { FakePool } from './fake-pool.ts';
import { fakeRandom } from './fake-random.ts';
import { fakeStatistics } from './fake-statistics.ts';
import { FakeWarmUps, parsedFake } from './fake-warm-up.ts';

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

type Answers = { [Name in RequestName]: (input: RequestOutputInput<Name>) => RequestOutput<Name> };
type RequestOutputInput<Name extends RequestName> = ReturnType<(typeof requests)[Name]['input']['parse']>;

export class MemoryBridge implements ConsoleBridge {
  readonly pool: FakePool;
  readonly access = new FakeAccess();
  readonly warmUps: FakeWarmUps;
  readonly alerts: FakeAlerts;
  readonly #options: MemoryBridgeOptions;
  readonly #link = new Link();
  readonly #subscribers = new Set<Subscriber>();
  readonly #startedAtMs: number;
  readonly #limits: FakeLimits;
  readonly #demo: FakeDemo;
  readonly #answers: Answers;
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
        upserts,
        removes,
        counters,
      }));
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
        return this.#configState();
      case 'events':
        return { reset: true, events: [] };
      case 'alerts':
        return this.alerts.list();
      case 'alertWatches':
        return { atMs: this.#options.now(), watches: this.alerts.watches() };
      case 'health': {
        const { ips, ...picture } = this.#health();
        return { ...picture, reset: true, upserts: ips, removes: [] };
      }
    }
  }

  #configState(): ConfigState {
    return { revision: this.#limits.revision, file: null, fault: null, warnings: [] };
  }

  #health() {
    return fakeHealth(this.pool.options.fleet, this.pool.rows.values(), this.access.entries, this.#options.now());
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
    return {
      'session.describe': () => ({
        version: '0.1.0',
        mode: 'demo',
        startedAtMs: this.#startedAtMs,
        configFile: null,
        dataFolder: '/home/operator/.config/hotpool-console',
        hosts: pool.options.fleet.map(({ host, path, ips }) => ({
          host,
          path,
          ips: ips.length,
          ipv6: ips.filter((ip) => ip.includes(':')).length,
        })),
        warnings: [],
      }),
      'connections.close': ({ ids }) => ({ acted: ids.filter((id) => pool.close(id, 'operator')).length }),
      'connections.check': ({ ids }) => ({ acted: pool.check(ids).checked }),
      'statistics.get': () => this.#statistics(),
      'warmUp.plan': (job) => this.plan(job),
      'warmUp.start': (job) => {
        const plan = this.plan(job);
        if (plan.fits === 0) {
          throw new ContractError('conflict', 'Nothing fits the limits: raise them first.');
        }
        return { runId: warmUps.start(job, plan) };
      },
      'warmUp.parseIps': ({ text }) => parsedFake(text),
      'warmUp.pause': ({ runId }) => ({ paused: warmUps.pause(runId) }),
      'warmUp.resume': ({ runId }) => ({ resumed: warmUps.resume(runId) }),
      'warmUp.retryFailed': ({ runId }) => ({ runId: warmUps.retryFailed(runId) }),
      'warmUp.cancel': ({ runId }) => ({ cancelled: warmUps.cancel(runId) }),
      'access.parse': ({ text }) => access.parse(text),
      'access.preview': (change) => ({ ...this.#impact(change), revision: access.revision, conflicts: [] }),
      'access.apply': (change) => {
        const now = this.#options.now();
        const added = (change.add ?? []).map((entry) => operatorEntry(entry, now));
        return this.#changeLists(this.#impact(change), () =>
          access.apply(added, change.remove ?? [], now, change.reason),
        );
      },
      'access.audit': () => ({ records: access.records.toReversed(), next: null }),
      'access.previewUndo': ({ changeId }) => {
        const changes = access.records.find(({ id }) => id === changeId)?.changes ?? [];
        const back = changes.map(({ before, after }) => ({ before: after, after: before }));
        return { ...this.#impact({}), total: back.length, changes: back, left: [] };
      },
      'access.undo': ({ changeId }) =>
        this.#changeLists(this.#impact({}), () => access.undo(changeId, this.#options.now())),
      'access.explain': ({ value }) => access.explain(value),
      'access.findings': () => ({ revision: access.revision, total: 0, findings: [] }),
      'pool.explain': (subject) => explainFake(pool, subject, this.#options.now()),
      'health.checkAll': () => {
        const { checked, unhealthy } = pool.check([...pool.rows.keys()]);
        return { checked, unhealthy, healthy: checked - unhealthy };
      },
      'health.cleanUpUnhealthy': () => {
        const ill = [...pool.rows.values()].filter((row) => !row.healthy && row.state === 'idle');
        return { closed: ill.filter((row) => pool.close(row.id, 'unhealthy')).length };
      },
      'health.ips': ({ host }) => {
        const { ips, hosts, ...picture } = this.#health();
        const isWanted = (one: { readonly host: string }): boolean => host === undefined || one.host === host;
        return { ...picture, hosts: hosts.filter(isWanted), ips: ips.filter(isWanted) };
      },
      'health.probe': ({ host, ip }) => ({
        started: this.#health().ips.some((one) => one.host === host && one.ip === ip && one.state === 'ejected'),
      }),
      'config.get': () => ({ ...this.#configState(), keys: this.#limits.keys(), ...fakeTargets(pool.options.fleet) }),
      'config.preview': (change) => this.#limits.preview(change),
      'config.update': (change) => {
        const applied = this.#limits.update(change);
        this.#send('config', () => this.#configState());
        return applied;
      },
      'config.text': () => ({ file: 'hotpool.toml', exists: false, text: '', revision: '' }),
      'config.previewText': ({ text }) => ({ faults: [], diff: [], warnings: [], effects: [], text }),
      'config.saveText': () => {
        throw new ContractError('refused', 'There is no disk behind this picture.');
      },
      'config.presets': () => ({ presets: [], requestsPerSecond: null, suggested: null }),
      'config.history': () => ({ versions: [] }),
      'config.version': () => {
        throw new ContractError('not-found', 'There is no earlier version.');
      },
      'config.revert': () => {
        throw new ContractError('not-found', 'There is no earlier version.');
      },
      'demo.faults': () => this.#demo.picture(),
      'demo.setFault': (wish) => ({ endpoints: this.#demo.set(wish) }),
      'demo.watchOwn': () => {
        throw new ContractError('refused', 'There is no disk behind this picture.');
      },
      'alerts.list': () => this.alerts.list(),
      'alerts.past': () => ({ alerts: this.alerts.past(), cursor: null }),
      'alerts.acknowledge': ({ id, by, reason }) => this.#changedAlert(this.alerts.acknowledge(id, by, reason)),
      'alerts.mute': ({ id, minutes }) => this.#changedAlert(this.alerts.mute(id, minutes)),
      'alerts.unmute': ({ id }) => this.#changedAlert(this.alerts.unmute(id)),
      // This console has begun just now: it has no past.
      ...fakeHistory,
      'diagnosis.run': () => fakeDiagnosis(this.#options.now()),
    };
  }

  #changedAlert(alert: Alert): { alert: Alert } {
    this.#sendAlerts();
    return { alert };
  }

  plan(job: WarmUpJob): WarmUpPlan {
    const openTo = (host: string): number => [...this.pool.rows.values()].filter((row) => row.host === host).length;
    const total = this.pool.rows.size;
    const hosts = job.hosts.map((host) => {
      const ips = job.ips?.length ?? this.pool.options.fleet.find((entry) => entry.host === host)?.ips.length;
      if (ips === undefined) {
        throw new ContractError('not-found', `${host} is not watched.`);
      }
      return this.#limits.plan(job, host, ips, openTo(host), total);
    });
    const sum = (of: (plan: WarmUpHostPlan) => number): number => hosts.reduce((all, plan) => all + of(plan), 0);
    const wanted = sum((plan) => plan.wanted);
    return {
      hosts,
      ips: sum(({ ips }) => ips),
      warmIps: sum(({ warmIps }) => warmIps),
      wanted,
      fits: sum(({ fits }) => fits),
      clippedBy: hosts.find(({ clippedBy }) => clippedBy)?.clippedBy ?? null,
      changes: this.#limits.changesFor(wanted, Math.max(...job.hosts.map(openTo)), total),
      fitsAfterChanges: wanted,
    };
  }

  #impact(change: AccessChange) {
    const blocked = (change.add ?? []).filter((entry) => entry.list === 'black');
    const hit = [...this.pool.rows.values()].filter((row) =>
      blocked.some((entry) => this.access.covers(entry.value, row.ip)),
    );
    return { closesConnections: hit.length, ofThemLeased: hit.filter((row) => row.state === 'leased').length };
  }

  #changeLists<Applied>(impact: AccessImpact, change: () => Applied): Applied & { impact: AccessImpact } {
    const applied = change();
    for (const row of [...this.pool.rows.values()]) {
      if (this.access.isBlocked(row.ip)) {
        this.pool.close(row.id, 'blacklisted');
      }
    }
    this.#send('access', () => this.access.frame());
    return { ...applied, impact };
  }
}

function operatorEntry(addition: AccessAddition, now: number): AccessEntry {
  return {
    list: addition.list,
    value: addition.value,
    origin: 'operator',
    note: addition.note ?? '',
    addedAtMs: now,
    expiresAtMs: addition.expiresAtMs ?? null,
    hits: 0,
    lastHitAtMs: null,
  };
}
