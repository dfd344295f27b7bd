/** The composition root of both hosts: from a configuration to a running engine, and back to nothing. */
import { join } from 'node:path';
import { openAccessLists } from '../access/open-access-lists.ts';
import { RecoveryNews } from '../access/recovery-news.ts';
import { recordAlerts, restoreAlerts } from '../alerts/alert-journal.ts';
import { diskReadings, hostReadings, listReadings } from '../alerts/engine-readings.ts';
import { FreeSpace } from '../alerts/free-space.ts';
import { postJson } from '../alerts/post-json.ts';
import { Webhook } from '../alerts/webhook.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { EventBus } from '../base/event-bus.ts';
import { type Random, systemRandom } from '../base/random.ts';
import { hostsWithOther, needsReconnect } from '../config/change-config.ts';
import { ConfigFile } from '../config/config-file.ts';
import { ConfigVersions } from '../config/config-versions.ts';
import type { EngineSettings } from '../config/settings.ts';
import { ConsoleService } from '../console/console-service.ts';
import type { ConsoleSession } from '../contract/console-session.ts';
import { inEvent } from '../contract/phrase.ts';
import { DemoTraffic } from '../demo/demo-traffic.ts';
import { Diagnostician } from '../diagnosis/diagnosis.ts';
import { RecentPastWatch } from '../diagnosis/recent-past.ts';
import { HealthPictures } from '../health/health-picture.ts';
import { History } from '../history/history.ts';
import { startHistoryThread } from '../history/history-thread.ts';
import { keepJournals } from '../history/keep-journals.ts';
import { recallWarmUps } from '../history/warm-up-journal.ts';
import { LoadRunStore } from '../load/load-run-store.ts';
import { MetricsListener } from '../metrics/metrics-listener.ts';
import { PoolMetrics } from '../metrics/pool-metrics.ts';
import type { HotConnPool } from '../pool/hot-conn-pool.ts';
import { type ChosenConfig, type ConfigWish, chooseConfig, ownConfigName } from './choose-config.ts';
import { dropEntriesOf, entriesOf } from './demo-entries.ts';
import { engineFacts } from './engine-facts.ts';
import { ListsEffectBench } from './lists-effect-bench.ts';
import { LiveConfig } from './live-config.ts';
import { PoolAssembly } from './pool-assembly.ts';
import { PreferenceStore } from './preference-store.ts';
import { ScoreStore } from './score-store.ts';
import { workerFile } from './worker-file.ts';
import { openWorld } from './world.ts';

export interface EngineOptions extends ConfigWish {
  /** Of the program, for the console. */
  readonly version: string;
  /** What {@link chooseConfig} gave, when the host has asked before: it refuses a bad file before it opens anything. */
  readonly chosen?: ChosenConfig;
  /** Given by a host that wants to hear of everything from the beginning. */
  readonly events?: EventBus;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface HotpoolEngine {
  readonly console: ConsoleService;
  readonly events: EventBus;
  readonly pool: HotConnPool;
  readonly metrics: PoolMetrics;
  /** Of this moment. */
  settings(): EngineSettings;
  /**
   * Stops: no new work, leases end within drain_timeout, everything is closed and stored. Twice gives the same promise;
   * aborting `atOnce`, of the first call or a later one, ends the wait for leases.
   */
  close(atOnce?: AbortSignal): Promise<void>;
}

/** A console that opens does not wait longer for DNS to tell how many IPs a host has. */
const describeTimeoutMs = 200;

/**
 * @throws ConfigError before anything is opened; Error when the demo or the data folder cannot be had. What was opened by
 * then is closed again.
 */
export async function startEngine(options: EngineOptions): Promise<HotpoolEngine> {
  const { clock = systemClock, random = systemRandom, dataFolder } = options;
  const chosen = options.chosen ?? (await chooseConfig(options));
  const events = options.events ?? new EventBus(clock);
  const startedAtMs = clock.epochMs();
  // What is opened is closed in the other order: at the end, or here when the next part cannot be had.
  await using opening = new AsyncDisposableStack();

  const historyFile = join(dataFolder, 'history.sqlite');
  const history = opening.adopt(
    new History({
      file: historyFile,
      clock,
      events,
      thread: startHistoryThread(workerFile('history', 'history-worker'), historyFile),
    }),
    (it) => it.close(),
  );
  const world = opening.adopt(await openWorld(chosen, { clock, random, events }), (it) => it.close());
  const { settings, whitelist, blacklist } = world.config;
  const access = opening.adopt(
    await openAccessLists({
      folder: dataFolder,
      clock,
      events,
      whitelistMode: settings.whitelistMode,
      whitelist,
      blacklist,
    }),
    (it) => it.close(),
  );
  const assembly = new PoolAssembly({
    settings,
    clock,
    random,
    events,
    access,
    resolver: world.resolver,
  });
  const { pool, health, ipHealth, hosts } = assembly;
  const pictures = new HealthPictures(ipHealth, access, clock);
  await recallWarmUps(history, pool.warmUps, clock);
  const journals = keepJournals({
    pool,
    health: pictures,
    audit: access.journal,
    history,
    clock,
    engineStartedAtMs: startedAtMs,
  });
  const scores = new ScoreStore({ folder: dataFolder, clock, events });
  pool.restoreScores(await scores.load());
  scores.keep(() => pool.scores());
  hosts.learn(settings.targets.map(({ host }) => host));
  opening.defer(() => scores.close(pool.scores()));
  const hurry = new AbortController();
  opening.defer(async () => {
    await assembly.close(hurry.signal);
    journals.close();
  });

  await restoreAlerts(pool.alerts, history, clock);
  opening.defer(recordAlerts(pool.alerts, history, clock));
  const webhook = opening.adopt(
    new Webhook({ clock, random, events, settings: () => assembly.settings.alerts, post: postJson }),
    (it) => it.close(),
  );
  pool.alerts.observe({ notice: (notice) => webhook.tell(notice) });
  const freeSpace = opening.adopt(new FreeSpace(dataFolder, clock), (it) => it.close());
  const recoveries = new RecoveryNews(events, access.whitelistMoves);
  opening.defer(pool.onSecond(() => recoveries.see(access.whitelistMoves, clock.monotonicMs())));
  pool.alerts.addSource(() => [
    ...hostReadings(ipHealth.hosts),
    ...listReadings(access.store),
    ...diskReadings(dataFolder, freeSpace.bytes, history.status(), assembly.settings.alerts),
  ]);
  const { load, requests } = assembly;
  const loadStore = opening.adopt(new LoadRunStore(dataFolder, events), (it) => it.close());
  await loadStore.keep(load);
  opening.defer(() => load.close());
  const listsEffect = opening.adopt(new ListsEffectBench(clock), (it) => it.close());
  const past = opening.adopt(new RecentPastWatch({ clock, events, pool }), (it) => it.close());
  const preferences = opening.adopt(new PreferenceStore(dataFolder, events), (it) => it.close());
  await preferences.load();
  const metrics = opening.adopt(new PoolMetrics(pool, options.version), (it) => it.close());
  const metricsListener = opening.adopt(new MetricsListener({ metrics, events }), (it) => it.close());
  await metricsListener.update(settings.metrics);

  const configFile = world.config.file ?? join(dataFolder, ownConfigName);
  const config = opening.adopt(
    new LiveConfig({
      config: world.config,
      accepted: world.acceptedWarnings,
      file: new ConfigFile({ file: configFile, clock }),
      versions: new ConfigVersions(dataFolder, configFile),
      clock,
      events,
      open: () => pool.rows(),
      samplesSince: (afterMs) => pool.samplesSince(afterMs),
      apply: (next, diff, by) => {
        history.recordChange({ kind: 'config', atMs: clock.epochMs(), who: by, diff });
        const { settings: wanted, whitelist: white, blacklist: black } = next;
        const wasDemo = world.demo !== null;
        world.configure(next);
        if (wasDemo && world.demo === null) {
          leaveDemo();
        }
        assembly.apply(wanted, {
          isOutdated: needsReconnect(diff),
          moved: hostsWithOther('ips', diff),
          rereads: diff.some(({ path }) => path === 'dns.resolvers'),
        });
        webhook.settingsChanged(pool.alerts.active());
        hosts.learn(wanted.targets.map(({ host }) => host));
        void metricsListener.update(wanted.metrics);
        access.setConfigEntries(white, black);
        access.setWhitelistMode(wanted.whitelistMode);
      },
    }),
    (it) => it.close(),
  );
  const diagnosis = new Diagnostician(() =>
    engineFacts({ pool, health: pictures, warmUps: pool.warmUps, config, past, history, load }),
  );
  opening.defer(diagnosis.watch(clock));
  const describe = async (): Promise<ConsoleSession> => ({
    version: options.version,
    mode: world.demo ? 'demo' : 'config',
    startedAtMs,
    configFile: config.state().file,
    dataFolder,
    hosts: await Promise.all(
      config.settings.targets.map(async ({ host, path }) => {
        const addresses = await hosts.addressesSoon(host, clock, describeTimeoutMs);
        return {
          host: host.name,
          path,
          ips: addresses.length,
          ipv6: addresses.filter(({ ip }) => ip.includes(':')).length,
        };
      }),
    ),
    warnings: config.warnings,
  });
  const console = opening.adopt(
    new ConsoleService({
      clock,
      events,
      pool,
      warmUp: pool.warmUps,
      health,
      ipHealth: pictures,
      access,
      alerts: pool.alerts,
      config,
      demo: {
        picture: () => world.demo?.picture() ?? null,
        set: async (wish) => world.demo?.set(wish) ?? null,
        listed: () => entriesOf(world.demo?.addresses() ?? [], access).length,
        watchOwn: async ({ dropListed, ...target }) => {
          const addresses = world.demo?.addresses() ?? [];
          const applied = await config.watchOwn(target);
          if (dropListed) {
            // Lists that cannot be stored say so by an event and an alert.
            await dropEntriesOf(addresses, access).catch(() => undefined);
          }
          return applied;
        },
        checkOwn: (target) => config.checkOwn(target),
      },
      explainer: pool,
      diagnosis,
      history,
      load,
      requests,
      listsEffect,
      preferences,
      engineStartedAtMs: startedAtMs,
      session: describe,
      watchedHosts: () => config.settings.targets.map(({ host }) => host.name),
    }),
    (it) => it.close(),
  );
  const traffic = world.demo && opening.adopt(new DemoTraffic({ pool, clock, random }), (it) => it.close());
  /** Nothing that is the demo's alone goes on; its connections drain with its targets. */
  function leaveDemo(): void {
    void traffic?.close();
    for (const { id } of pool.warmUps.runs()) {
      pool.warmUps.cancel(id);
    }
    events.emit('info', 'demo.left', 'pool', {});
  }
  for (const warning of config.warnings) {
    events.emit('warn', 'config.warning', world.config.file ?? 'pool', inEvent(warning));
  }
  config.start();
  const watched = settings.targets.map(({ host }) => host.name).join(', ');
  events.emit('info', 'engine.started', 'pool', { mode: chosen.mode, hosts: watched });
  assembly.warmTargets();

  const opened = opening.move();
  let closed: Promise<void> | null = null;
  return {
    console,
    events,
    pool,
    metrics,
    settings: () => config.settings,
    close(atOnce) {
      if (atOnce?.aborted) {
        hurry.abort();
      }
      atOnce?.addEventListener('abort', () => hurry.abort(), { once: true });
      closed ??= opened.disposeAsync();
      return closed;
    },
  };
}
