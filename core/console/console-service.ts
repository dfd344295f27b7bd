/** The contract, answered by the engine. Both hosts put a {@link MessageGate} before it. */
import { pastAlerts } from '../alerts/alert-journal.ts';
import type { Clock } from '../base/clock.ts';
import type { EventBus } from '../base/event-bus.ts';
import { toldBy } from '../base/phrase-error.ts';
import type { ConsoleSession } from '../contract/console-session.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import type { ExplainSubject, Explanation } from '../contract/explain.ts';
import type { HistoryLife } from '../contract/history-life.ts';
import type {
  ConsoleApi,
  RequestInput,
  RequestName,
  RequestOutput,
  RequestParsed,
  StreamFrame,
  StreamName,
} from '../contract/index.ts';
import { phrase } from '../contract/phrase.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { parseHostName } from '../dial/endpoint.ts';
import { readLoadTargets } from '../load/load-targets.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import { readRequestUrl } from '../requests/request-sender.ts';
import { accessHandlers } from './access-requests.ts';
import { LiveAccess } from './access-stream.ts';
import { LiveAlerts, LiveAlertWatches } from './alerts-stream.ts';
import { LiveConfigState } from './config-stream.ts';
import { readLife } from './connection-life.ts';
import type {
  AccessLists,
  AlertActs,
  DemoActs,
  Diagnosing,
  Explainer,
  HealthActs,
  IpHealthView,
  ListsMeasuring,
  LoadActs,
  PreferenceActs,
  RememberedPast,
  RequestActs,
  RunningConfig,
  WarmUpRuns,
} from './console-ports.ts';
import { LiveEvents } from './events-stream.ts';
import { LiveHealth } from './health-stream.ts';
import { historyHandlers } from './history-requests.ts';
import { LiveConnections } from './live-stream.ts';
import { LiveLoadRuns } from './load-stream.ts';
import { LivePreferences } from './preferences-stream.ts';
import { parseInput } from './request-input.ts';
import { StagedChanges } from './staged-changes.ts';
import { LiveStatistics, sharedReading } from './statistics-stream.ts';
import { framePauseMs, StreamPump, type SubscribeOptions } from './stream-pump.ts';
import { LiveWarmUps } from './warm-up-stream.ts';

export interface ConsoleParts {
  readonly clock: Clock;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly pool: PoolView;
  readonly warmUp: WarmUpRuns;
  readonly health: HealthActs;
  readonly ipHealth: IpHealthView;
  readonly access: AccessLists;
  readonly alerts: AlertActs;
  readonly config: RunningConfig;
  readonly demo: DemoActs;
  readonly explainer: Explainer;
  readonly diagnosis: Diagnosing;
  readonly history: RememberedPast;
  readonly load: LoadActs;
  readonly requests: RequestActs;
  readonly listsEffect: ListsMeasuring;
  readonly preferences: PreferenceActs;
  /** Connections of this engine are remembered by it and their number. */
  readonly engineStartedAtMs: number;
  readonly session: () => ConsoleSession | Promise<ConsoleSession>;
  /** Canonical names of the hosts that the console watches. */
  readonly watchedHosts: () => readonly string[];
}

type Handlers = {
  readonly [Name in RequestName]: (input: RequestParsed<Name>) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

type Pumps = { readonly [Name in StreamName]: StreamPump<StreamFrame<Name>> };

export class ConsoleService implements ConsoleApi {
  readonly #parts: ConsoleParts;
  readonly #handlers: Handlers;
  readonly #pumps: Pumps;
  readonly #staged: StagedChanges;
  #closed = false;

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
    const { clock, events, pool, warmUp, access, alerts, config, ipHealth, load } = parts;
    const statistics = sharedReading(clock, framePauseMs, () => pool.statistics());
    this.#pumps = {
      connections: new StreamPump(clock, new LiveConnections(clock, pool, statistics)),
      statistics: new StreamPump(clock, new LiveStatistics(clock, pool, statistics)),
      warmUp: new StreamPump(clock, new LiveWarmUps(clock, warmUp)),
      access: new StreamPump(clock, new LiveAccess(clock, access)),
      events: new StreamPump(clock, new LiveEvents(events)),
      config: new StreamPump(clock, new LiveConfigState(config)),
      health: new StreamPump(clock, new LiveHealth(clock, ipHealth)),
      alerts: new StreamPump(clock, new LiveAlerts(clock, alerts)),
      loadRuns: new StreamPump(clock, new LiveLoadRuns(clock, load)),
      alertWatches: new StreamPump(clock, new LiveAlertWatches(clock, alerts)),
      preferences: new StreamPump(clock, new LivePreferences(parts.preferences)),
    };
    this.#staged = new StagedChanges(clock);
    this.#handlers = this.#makeHandlers(statistics);
  }

  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    return this.answer(name, input);
  }

  /** The same for input that nobody has looked at: a wrong one is refused here and never reaches the engine. */
  async answer<Name extends RequestName>(name: Name, input: unknown): Promise<RequestOutput<Name>> {
    this.#refuseWhenClosed();
    const parsed = parseInput(name, input);
    try {
      return await this.#handlers[name](parsed);
    } catch (error) {
      // A host that cannot be resolved is the world's fault, not the program's: the operator is told as it is.
      throw error instanceof ClassifiedError ? new ContractError('conflict', error.message) : error;
    }
  }

  subscribe<Name extends StreamName>(
    stream: Name,
    listener: (frame: StreamFrame<Name>) => void,
    options?: SubscribeOptions,
  ): () => void {
    this.#refuseWhenClosed();
    return this.#pumps[stream].subscribe(listener, options);
  }

  /** Ends every subscription; what is asked afterwards is refused with `closed`. */
  close(): void {
    this.#closed = true;
    this.#staged.close();
    for (const pump of Object.values(this.#pumps)) {
      pump.close();
    }
  }

  #makeHandlers(statistics: () => RequestOutput<'statistics.get'>): Handlers {
    const {
      pool,
      warmUp,
      health,
      ipHealth,
      access,
      alerts,
      config,
      demo,
      diagnosis,
      history,
      load,
      requests,
      listsEffect,
      preferences,
      session,
    } = this.#parts;
    return {
      'session.describe': () => session(),
      'connections.drain': async ({ ids }) => ({ acted: await pool.drainConnections(new Set(ids), 'operator') }),
      'connections.close': async ({ ids }) => ({ acted: await pool.closeConnections(new Set(ids), 'operator') }),
      'connections.check': async ({ ids }) => ({ acted: await health.check([...new Set(ids)]) }),
      'statistics.get': statistics,
      'warmUp.parseIps': ({ text }) => warmUp.parseIps(text),
      'warmUp.plan': (job) => warmUp.plan({ ...job, hosts: this.#allWatched(job.hosts) }),
      'warmUp.start': (job) => ({ runId: warmUp.start({ ...job, hosts: this.#allWatched(job.hosts) }) }),
      'warmUp.pause': ({ runId }) => ({ paused: warmUp.pause(runId) }),
      'warmUp.resume': ({ runId }) => ({ resumed: warmUp.resume(runId) }),
      'warmUp.cancel': ({ runId }) => ({ cancelled: warmUp.cancel(runId) }),
      'warmUp.retryFailed': ({ runId, rest }) => {
        // One of its hosts may not be watched any more.
        const failed = warmUp.run(runId)?.hosts.filter(({ failed, error }) => rest || failed > 0 || error) ?? [];
        this.#allWatched(failed.map(({ host }) => host));
        return { runId: warmUp.retryFailed(runId, rest) };
      },
      ...accessHandlers(access, pool, this.#staged),
      'access.measureEffect': (wish) => listsEffect.measure(wish),
      'pool.explain': (subject) => this.#explain(subject),
      'health.checkAll': () => health.checkAll(),
      'health.cleanUpUnhealthy': () => ({ closed: health.cleanUpUnhealthy() }),
      'health.ips': ({ host }) => ipHealth.picture(host),
      'health.probe': ({ host, ip, port }) => ({ started: ipHealth.probe(host, ip, port) }),
      'alerts.list': () => alerts.list(),
      'alerts.past': (wish) => pastAlerts(history, wish),
      'alerts.acknowledge': ({ id, by, reason }) => ({ alert: alerts.acknowledge(id, by, reason) }),
      'alerts.mute': ({ id, minutes }) => ({ alert: alerts.mute(id, minutes) }),
      'alerts.unmute': ({ id }) => ({ alert: alerts.unmute(id) }),
      'config.get': () => config.describe(),
      'config.preview': (change) => config.preview(change),
      'config.update': ({ revision, ...change }) => config.update(change, revision),
      'config.text': () => config.text(),
      'config.previewText': ({ text, changes }) => config.previewText(text, changes),
      'config.saveText': ({ text, revision }) => config.saveText(text, revision),
      'config.presets': () => config.presets(),
      'config.history': () => config.history(),
      'config.version': ({ id }) => config.version(id),
      'config.revert': ({ id, revision }) => config.revert(id, revision),
      'demo.faults': () => demo.picture(),
      'demo.setFault': async (wish) => {
        const endpoints = await demo.set(wish);
        if (endpoints === null) {
          throw noDemo();
        }
        return { endpoints };
      },
      'demo.watchOwn': (target) => {
        if (!demo.picture()) {
          throw noDemo();
        }
        return demo.watchOwn(target);
      },
      'demo.listed': () => ({ entries: demo.listed() }),
      'demo.checkOwn': async (target) => {
        if (!demo.picture()) {
          throw noDemo();
        }
        return { faults: await demo.checkOwn(target) };
      },
      'diagnosis.run': () => diagnosis.run(),
      'load.start': (job) => {
        readLoadTargets(job.urls).forEach(({ host }, index) => {
          this.#watched(host.name, `urls.${index}`);
        });
        return { runId: load.start(job) };
      },
      'load.cancel': ({ runId }) => ({ cancelled: load.cancel(runId) }),
      'load.runs': () => ({ runs: load.runs() }),
      'requests.send': (wish) => {
        this.#watched(readRequestUrl(wish.url).host.name, 'url');
        return requests.send(wish);
      },
      'preferences.change': async ({ change }) => {
        await preferences.change(change);
        return {};
      },
      'requests.cancel': ({ ticket }) => ({ cancelled: requests.cancel(ticket) }),
      ...historyHandlers(history),
      'history.life': (wish) => this.#life(wish),
    };
  }

  async #life(wish: RequestParsed<'history.life'>): Promise<HistoryLife> {
    const { explainer, history, engineStartedAtMs, clock } = this.#parts;
    const life = await readLife({ explainer, history, engineStartedAtMs, nowMs: clock.epochMs() }, wish);
    if (!life) {
      throw new ContractError('not-found', phrase('refused.no-connection'));
    }
    return life;
  }

  #explain(subject: ExplainSubject): Explanation {
    let explanation: Explanation | null;
    try {
      explanation = this.#parts.explainer.explain(subject);
    } catch (error) {
      throw error instanceof RangeError ? new ContractError('invalid-input', toldBy(error)) : error;
    }
    if (!explanation) {
      throw new ContractError('not-found', phrase('refused.no-connection'));
    }
    return explanation;
  }

  /** The canonical names of hosts that the console watches; a host outside the targets is refused here. */
  #allWatched(hosts: readonly string[]): string[] {
    return hosts.map((host, index) => this.#watched(host, `hosts.${index}`));
  }

  #watched(text: string, at: string): string {
    let name: string;
    try {
      ({ name } = parseHostName(text));
    } catch (error) {
      const told = toldBy(error);
      throw new ContractError('invalid-input', told, [issueAt(at, told)]);
    }
    const watched = this.#parts.watchedHosts();
    if (!watched.includes(name)) {
      const known = watched.join(', ') || phrase('refused.none');
      throw new ContractError('conflict', phrase('refused.not-watched', { host: name, known }));
    }
    return name;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) {
      throw new ContractError('closed', phrase('refused.engine-closed'));
    }
  }
}

function noDemo(): ContractError {
  return new ContractError('conflict', phrase('refused.no-demo'));
}
