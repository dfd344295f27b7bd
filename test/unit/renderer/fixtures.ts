/** Rows, frames and a contract that only remembers, for tests of the console's stores. */
import type { ConnectionRow, ConnectionsFrame } from '../../../core/contract/connections.ts';
import type { ConsoleApi, StreamFrame, StreamName } from '../../../core/contract/index.ts';
import type { PoolSample } from '../../../core/contract/statistics.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import type { PageVisibility } from '../../../renderer/store/retained-stream.ts';

export function row(id: number, change: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    id,
    state: 'idle',
    healthy: true,
    host: 'edge.demo.test',
    ip: `127.0.0.${id}`,
    port: 443,
    protocol: 'h2',
    profile: 'modern-h2',
    createdAtMs: 1_000_000,
    idleSinceMs: 1_000_000,
    leasedSinceMs: null,
    leases: 0,
    requests: 0,
    errors: 0,
    tcpMs: 1,
    tlsMs: 2,
    lastResponseMs: null,
    resumed: false,
    ...change,
  };
}

const counters = await new MemoryBridge({ connections: 0 }).request('statistics.get', {});

export function frame(seq: number, change: Partial<ConnectionsFrame> = {}): ConnectionsFrame {
  return { seq, atMs: 1_060_000, reset: false, unfinished: false, upserts: [], removes: [], counters, ...change };
}

export function sample(atMs: number, change: Partial<PoolSample> = {}): PoolSample {
  return {
    atMs,
    requests: 0,
    failures: 0,
    responseP50Ms: null,
    responseP95Ms: null,
    responseP99Ms: null,
    total: 0,
    active: 0,
    healthy: 0,
    ...change,
  };
}

/** Subscriptions are recorded; a test sends frames by hand. Requests are not answered. */
export class RecordingApi implements ConsoleApi {
  readonly log: string[] = [];
  readonly #listeners = new Map<StreamName, Set<(frame: never) => void>>();

  request(): Promise<never> {
    return new Promise(() => undefined);
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    this.log.push(`+${stream}`);
    const listeners = this.#listeners.get(stream) ?? new Set();
    this.#listeners.set(stream, listeners);
    listeners.add(listener);
    return () => {
      this.log.push(`-${stream}`);
      listeners.delete(listener);
    };
  }

  send<Name extends StreamName>(stream: Name, sent: StreamFrame<Name>): void {
    for (const listener of [...(this.#listeners.get(stream) ?? [])]) {
      (listener as (frame: StreamFrame<Name>) => void)(sent);
    }
  }
}

export class FakeVisibility implements PageVisibility {
  #visible = true;
  readonly #listeners = new Set<() => void>();

  visible(): boolean {
    return this.#visible;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  show(visible: boolean): void {
    this.#visible = visible;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
