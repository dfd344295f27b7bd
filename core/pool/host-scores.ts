/** What the pool has learned of its hosts and their endpoints, in a form that outlives it. */
import type { UsualTimes } from '../contract/warm-up-run.ts';
import { type HostPool, readUpstreamKey, upstreamKey } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';

export interface HostScore {
  /** Canonical. */
  readonly host: string;
  /** By load. */
  readonly usual: readonly UsualTimes[];
  readonly endpoints: readonly {
    readonly ip: string;
    readonly port: number;
    /** Moving averages; see `Upstream`. */
    readonly responseMs: number | null;
    readonly successShare: number;
    /** Epoch, when it was last dialled. */
    readonly atMs: number;
  }[];
}

export class HostScores {
  readonly #context: PoolContext;
  /** Restored, of hosts that have not been met yet. */
  readonly #strangers = new Map<string, HostScore>();

  constructor(context: PoolContext) {
    this.#context = context;
  }

  /** Of every host of which something is known. */
  read(): HostScore[] {
    const offsetMs = this.#context.epochOffsetMs();
    const met = [...this.#context.manager.hosts].flatMap((host) => {
      const endpoints = Array.from(host.scores(), ([key, { responseMs, successShare, scoredMs }]) => {
        const { ip, port } = readUpstreamKey(key);
        return { ip, port, responseMs, successShare, atMs: Math.round(scoredMs + offsetMs) };
      });
      const usual = host.usual.read(this.#context.nowMs());
      return endpoints.length > 0 || usual.length > 0 ? [{ host: host.host.name, usual, endpoints }] : [];
    });
    return [...met, ...this.#strangers.values()];
  }

  /** What has been learned since this process began counts more. */
  restore(scores: readonly HostScore[]): void {
    for (const score of scores) {
      this.#strangers.set(score.host, score);
      const host = this.#context.manager.host(score.host);
      if (host) {
        this.meet(host);
      }
    }
  }

  /** A host is new to the pool: it is told what was known of it. */
  meet(host: HostPool): void {
    const score = this.#strangers.get(host.host.name);
    if (!score) {
      return;
    }
    this.#strangers.delete(host.host.name);
    const offsetMs = this.#context.epochOffsetMs();
    host.usual.restore(score.usual);
    host.remember(
      new Map(
        score.endpoints.map(({ ip, port, responseMs, successShare, atMs }) => [
          upstreamKey(ip, port),
          { responseMs, successShare, scoredMs: atMs - offsetMs },
        ]),
      ),
    );
  }
}
