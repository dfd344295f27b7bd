/** The parts of one pool, put together: who tells whom, and in which order they begin and end. */
import { AlertKeeper } from '../alerts/alert-keeper.ts';
import { warmUpReadings } from '../alerts/warm-up-readings.ts';
import type { ProcessMonitor } from '../base/process-monitor.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { WarmUp } from '../warm-up/warm-up.ts';
import { ConnectionCloser } from './connection-closer.ts';
import { Establisher } from './establisher.ts';
import { HandOff } from './hand-off.ts';
import type { HotConnection } from './hot-connection.ts';
import { Housekeeper } from './housekeeper.ts';
import { Inspector } from './inspector.ts';
import { Membership } from './membership.ts';
import { Opener } from './opener.ts';
import { PoolClosing } from './pool-closing.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError } from './pool-errors.ts';
import { PoolStatisticsReader } from './pool-statistics.ts';
import { Replenisher } from './replenisher.ts';
import { Supplier } from './supplier.ts';
import { Trial } from './trial.ts';
import { UnusedHosts } from './unused-hosts.ts';
import { Wishes } from './wishes.ts';

export class PoolWorks {
  readonly warmUps: WarmUp;
  readonly alerts: AlertKeeper;
  readonly closer: ConnectionCloser;
  readonly inspector: Inspector;
  readonly handOff: HandOff;
  readonly supplier: Supplier;
  readonly wishes: Wishes;
  readonly opener: Opener;
  readonly trial: Trial;
  readonly statistics: PoolStatisticsReader;
  readonly membership: Membership;
  readonly closing: PoolClosing;
  readonly #context: PoolContext;
  readonly #replenisher: Replenisher;
  readonly #housekeeper: Housekeeper;

  constructor(context: PoolContext, process: ProcessMonitor) {
    this.#context = context;
    const onUsable = (connection: HotConnection): void => this.handOff.usable(connection);
    const closer = new ConnectionCloser(context, (connection, reason) => this.#onClosed(connection, reason));
    const inspector = new Inspector(context, closer, onUsable);
    const establisher = new Establisher(context, closer, {
      usable: onUsable,
      ended: (connection, end) => closer.ended(connection, end),
      streamsChanged: ({ host }) => this.supplier.wake(host),
    });
    this.closer = closer;
    this.inspector = inspector;
    this.handOff = new HandOff(context, {
      closer,
      inspector,
      wake: (host) => this.supplier.wake(host),
      mayGrow: (host) => this.supplier.mayGrow(host),
      rested: (host) => this.supplier.rested(host),
    });
    this.supplier = new Supplier(context, { closer, inspector, establisher, handOff: this.handOff }, (host) =>
      this.#replenisher.fillFloor(host),
    );
    const unused = new UnusedHosts(context);
    this.wishes = new Wishes(context, { supplier: this.supplier, unused });
    this.opener = new Opener(context, { supplier: this.supplier, establisher }, (host) => this.wishes.host(host));
    this.warmUps = new WarmUp({
      opener: this.opener,
      events: context.events,
      clock: context.clock,
      settings: () => context.settings.warmUp,
      alertUnder: () => context.settings.alerts.warmUpSuccess,
    });
    this.trial = new Trial(context, { closer, establisher, inspector });
    this.#replenisher = new Replenisher(context, establisher, this.supplier);
    this.alerts = new AlertKeeper({
      clock: context.clock,
      events: context.events,
      settings: () => context.settings.alerts,
    });
    this.alerts.addSource(() =>
      warmUpReadings(this.warmUps.latest(), context.clock.epochMs(), context.settings.alerts),
    );
    this.statistics = new PoolStatisticsReader(context, closer, process, () => this.handOff.overdue, this.alerts);
    this.#housekeeper = new Housekeeper(context, { closer, inspector, replenisher: this.#replenisher, unused }, () => {
      this.handOff.watchLeaks();
      this.statistics.tick();
    });
    this.membership = new Membership(context, closer, (host) => this.supplier.wake(host));
    this.closing = new PoolClosing(context, {
      closer,
      stop: () => this.#stop(),
      last: () => {
        this.handOff.stop();
        return this.statistics.read();
      },
    });
  }

  /** The targets are met, and time begins. */
  start(): void {
    this.membership.setTargets(this.#context.settings);
    this.#housekeeper.start();
  }

  #stop(): Promise<void> {
    const warmUpsEnded = this.warmUps.close();
    this.#housekeeper.stop();
    this.membership.stop();
    for (const host of this.#context.manager.hosts) {
      this.handOff.refuseAll(host, new PoolClosedError());
    }
    return warmUpsEnded;
  }

  #onClosed(connection: HotConnection, reason: CloseReason): void {
    if (this.#context.isClosing) {
      this.closing.connectionClosed();
      return;
    }
    this.#replenisher.replaceClosed(connection, reason);
    this.supplier.wake(connection.host);
  }
}
