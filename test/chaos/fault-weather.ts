/** Faults that come and go at random over a fleet, the same for the same seed: never so many that nothing could serve. */
import { type Random, randomIndex } from '../../core/base/random.ts';
import { type DemoFault, demoFaults } from '../../core/contract/demo.ts';
import type { DemoEndpoint, DemoFleet } from '../../core/demo/demo-fleet.ts';

/** Of all endpoints, sick at a time. */
const mostSickShare = 0.4;
/** Of the endpoints of one host, struck at once. */
const strikeShare = 0.3;
const pauseMs = { least: 300, most: 1_500 };
const faultMs = { least: 1_000, most: 8_000 };

interface Sick {
  readonly endpoint: DemoEndpoint;
  readonly untilMs: number;
}

export class FaultWeather {
  readonly #fleet: DemoFleet;
  readonly #random: Random;
  #sick: Sick[] = [];
  #nextMs = 0;
  /** Endpoints struck so far, by fault. */
  readonly struck = new Map<DemoFault, number>();

  constructor(fleet: DemoFleet, random: Random) {
    this.#fleet = fleet;
    this.#random = random;
  }

  /** Heals what is due and strikes when it is time. */
  async blow(nowMs: number): Promise<void> {
    const due = this.#sick.filter(({ untilMs }) => untilMs <= nowMs);
    this.#sick = this.#sick.filter(({ untilMs }) => untilMs > nowMs);
    await Promise.all(due.map(({ endpoint }) => this.#set(endpoint, null)));
    if (nowMs >= this.#nextMs) {
      this.#nextMs = nowMs + this.#between(pauseMs);
      await this.#strike(nowMs);
    }
  }

  async clear(): Promise<void> {
    this.#sick = [];
    await this.#fleet.setFault({}, null);
  }

  async #strike(nowMs: number): Promise<void> {
    const { endpoints } = this.#fleet;
    const fault = this.#pick(demoFaults);
    const { hostname } = this.#pick(endpoints);
    const well = endpoints.filter(
      (endpoint) => endpoint.hostname === hostname && !this.#sick.some((sick) => sick.endpoint === endpoint),
    );
    const free = Math.floor(endpoints.length * mostSickShare) - this.#sick.length;
    const count = Math.min(free, 1 + randomIndex(this.#random, Math.ceil(well.length * strikeShare)));
    const untilMs = nowMs + this.#between(faultMs);
    for (let struck = 0; struck < count && well.length > 0; struck += 1) {
      const [endpoint] = well.splice(randomIndex(this.#random, well.length), 1);
      if (endpoint) {
        this.#sick.push({ endpoint, untilMs });
        this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
        await this.#set(endpoint, fault);
      }
    }
  }

  async #set({ ip, port, hostname }: DemoEndpoint, fault: DemoFault | null): Promise<void> {
    await this.#fleet.setFault({ ip, port, hostname }, fault);
  }

  #between({ least, most }: { readonly least: number; readonly most: number }): number {
    return least + this.#random.next() * (most - least);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[randomIndex(this.#random, items.length)];
    if (item === undefined) {
      throw new RangeError('there is nothing to pick from');
    }
    return item;
  }
}
