/** Everything that is done to a console, for as long as it takes: load, faults, warm-ups, lists, questions, visitors. */
import WebSocket from 'ws';
import { sleep, systemClock } from '../../core/base/clock.ts';
import { type Random, randomIndex } from '../../core/base/random.ts';
import { demoFaults } from '../../core/contract/demo.ts';
import { type RequestInput, type RequestName, streams } from '../../core/contract/index.ts';
import { askConsole, type Ready } from '../support/headless/headless-process.ts';

/** At most so many faults are switched on before all are switched off. */
const strikes = 6;
const mostStruck = 6;
const visitMs = 4_000;
const pathOf: Readonly<Record<string, string>> = {
  'edge.demo.test': '/',
  'tiles.demo.test': '/tiles/9/12/7',
  'api.demo.test': '/v1/items/7',
};

export class Stress {
  readonly #console: Ready;
  readonly #random: Random;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[];
  /** Requests of the contract that were answered. */
  answers = 0;
  visits = 0;
  /** What the console should never say, each with how often. */
  readonly faults = new Map<string, number>();

  /** Begins at once. */
  constructor(console: Ready, random: Random) {
    this.#console = console;
    this.#random = random;
    this.#running = [
      this.#repeat(1_000, () => this.#load()),
      this.#repeat(1_500, (turn) => this.#strike(turn)),
      this.#repeat(12_000, () =>
        this.#ask('warmUp.start', { hosts: Object.keys(pathOf), retries: 1, timeoutMs: 3_000 }),
      ),
      this.#repeat(2_000, () => this.#list()),
      this.#repeat(1_000, () => this.#look()),
      this.#repeat(1_000, () => this.#visit()),
    ];
  }

  /** Nothing is under way any more, and every fault is off, when it resolves. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
    await this.#ask('demo.setFault', { fault: null });
  }

  async #repeat(pauseMs: number, act: (turn: number) => Promise<unknown>): Promise<void> {
    for (let turn = 0; !this.#stop.signal.aborted; turn += 1) {
      await act(turn);
      await sleep(systemClock, pauseMs, this.#stop.signal).catch(() => {});
    }
  }

  /** What is refused for a reason is an answer; what breaks is a fault. */
  async #ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<unknown> {
    try {
      const output = await askConsole(this.#console, name, input);
      this.answers += 1;
      return output;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (/"code":"(conflict|refused|not-found)"/.test(message)) {
        this.answers += 1;
      } else if (!this.#stop.signal.aborted) {
        const fault = `${name}: ${message}`;
        this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
      }
      return null;
    }
  }

  /** One run after the other; while one goes on the next is refused. */
  async #load(): Promise<void> {
    const urls = Object.entries(pathOf).map(([host, path]) => `https://${host}${path}`);
    await this.#ask('load.start', { urls, durationMs: 20_000, concurrency: 16, timeoutMs: 2_000 });
  }

  async #strike(turn: number): Promise<void> {
    const isOver = turn % strikes === strikes - 1;
    const fault = isOver ? null : (demoFaults[randomIndex(this.#random, demoFaults.length)] ?? 'reset');
    await this.#ask('demo.setFault', { fault, count: isOver ? null : 1 + randomIndex(this.#random, mostStruck) });
  }

  /** An IP is blocked, and a moment later it is not. */
  async #list(): Promise<void> {
    const value = await this.#someIp();
    if (value !== null) {
      await this.#ask('access.apply', { add: [{ list: 'black', value, note: 'soak' }] });
      await this.#ask('access.apply', { remove: [{ list: 'black', value, origin: 'operator' }] });
    }
  }

  async #someIp(): Promise<string | null> {
    const health = await this.#ask('health.ips', {});
    const ips = typeof health === 'object' && health !== null && 'ips' in health ? health.ips : [];
    const all = Array.isArray(ips) ? ips.map(({ ip }: { ip: string }) => ip).filter((ip) => ip.includes('.')) : [];
    return all[randomIndex(this.#random, Math.max(1, all.length))] ?? null;
  }

  async #look(): Promise<void> {
    const toMs = Date.now();
    const range = { fromMs: toMs - 900_000, toMs };
    await Promise.all([
      this.#ask('statistics.get', {}),
      this.#ask('diagnosis.run', {}),
      this.#ask('access.findings', {}),
      this.#ask('history.series', { ...range, metric: 'response-ms' }),
      this.#ask('history.events', { ...range, text: 'a' }),
      this.#ask('history.cells', range),
      this.#ask('pool.explain', { host: 'tiles.demo.test' }),
    ]);
  }

  /** A browser that watches everything for a moment, and goes without a word. */
  async #visit(): Promise<void> {
    const { port, origin, token } = this.#console;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['hotpool', `token.${token}`], { origin });
    const failed = new Promise<void>((resolve) => socket.once('error', () => resolve()));
    socket.once('open', () => {
      this.visits += 1;
      for (const [index, stream] of Object.keys(streams).entries()) {
        socket.send(JSON.stringify({ type: 'subscribe', id: index + 1, stream }));
      }
    });
    await Promise.race([failed, sleep(systemClock, visitMs, this.#stop.signal).catch(() => {})]);
    socket.terminate();
  }
}
