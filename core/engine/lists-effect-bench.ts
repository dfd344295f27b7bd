/** The effect of the access lists, measured on a demo fleet of its own: nothing that is watched is touched. */
import { type Clock, systemClock } from '../base/clock.ts';
import { seededRandom } from '../base/random.ts';
import type { DemoFault } from '../contract/demo.ts';
import { ContractError } from '../contract/errors.ts';
import { failingShare, type ListsEffect } from '../contract/lists-effect.ts';
import { phrase } from '../contract/phrase.ts';
import { type DemoEndpoint, startDemoFleet } from '../demo/demo-fleet.ts';
import { listsEffectSettings, measureListsEffect, pick } from '../load/lists-effect.ts';
import { openPool } from './program-pool.ts';
import { workerFile } from './worker-file.ts';

export interface ListsEffectWish {
  readonly endpoints: number;
  readonly seed: number;
}

/** In turn among those that fail: the network's, the server's and the certificate's failures. */
const failures: readonly DemoFault[] = ['refuse', 'reset', '403', '503', 'bad-certificate'];

export class ListsEffectBench {
  readonly #clock: Clock;
  #running: { readonly abort: AbortController; readonly done: Promise<unknown> } | null = null;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** @throws ContractError `conflict` while one goes on, and when the fleet cannot listen; the reason given to `close`. */
  async measure(wish: ListsEffectWish): Promise<ListsEffect> {
    if (this.#running) {
      throw new ContractError('conflict', phrase('refused.measuring'));
    }
    const abort = new AbortController();
    const done = this.#measure(wish, abort.signal);
    this.#running = { abort, done };
    try {
      return await done;
    } finally {
      this.#running = null;
    }
  }

  /** Ends a measurement that goes on. */
  async close(): Promise<void> {
    const running = this.#running;
    running?.abort.abort(new ContractError('closed', phrase('refused.measuring-closed')));
    await running?.done.catch(() => {});
  }

  async #measure({ endpoints, seed }: ListsEffectWish, signal: AbortSignal): Promise<ListsEffect> {
    const clock = this.#clock;
    const random = seededRandom(seed);
    const fleet = await startDemoFleet({
      endpoints,
      seed,
      workerUrl: workerFile('demo', 'demo-origins-worker'),
      clock,
      random,
    }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new ContractError('conflict', phrase('refused.not-measured', { message }));
    });
    try {
      // The lists name IPs: one that several hosts share could not be good for one and bad for another.
      const own = fleet.endpoints.filter(({ ip }) => !ip.includes(':'));
      const byHost = Map.groupBy(own, ({ hostname }) => hostname);
      // As many of each host, so that no host is out altogether.
      const failing = [...byHost.values()].flatMap((its) => pick(random, its, Math.round(its.length * failingShare)));
      await Promise.all(
        failures.map((fault, turn) =>
          fleet.setFault(
            failing.filter((_, index) => index % failures.length === turn),
            fault,
          ),
        ),
      );
      return await measureListsEffect({
        seed,
        hosts: Array.from(byHost, ([host, its]) => ({ host, ips: its.map(({ ip }) => ip) })),
        failing: failing.length,
        clock,
        random,
        signal,
        open: (lists) =>
          openPool({
            ...lists,
            settings: listsEffectSettings(endpoints, fleet.hosts),
            dependencies: { clock, random, resolver: resolverOf(own) },
          }),
      });
    } finally {
      await fleet.close();
    }
  }
}

function resolverOf(endpoints: readonly DemoEndpoint[]) {
  return {
    resolve: async ({ name }: { readonly name: string }) =>
      endpoints.filter(({ hostname }) => hostname === name).map(({ ip, port }) => ({ ip, port })),
  };
}
