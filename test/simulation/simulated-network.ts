/** The network of a simulation: every dial and every answer follows the weather at its address and the dice. */
import type { Clock, Timer } from '../../core/base/clock.ts';
import type { ConnectionState } from '../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import { type Endpoint, endpointKey } from '../../core/dial/endpoint.ts';
import type { Dialer, DialRequest, Transport } from '../../core/dial/transport.ts';
import type { Dice } from './dice.ts';
import type { Referee } from './referee.ts';
import type { ExchangeEnd } from './simulated-exchange.ts';
import { SimulatedTransport, type TransportTraits } from './simulated-transport.ts';
import { calmWeather, dialFailures, type Weather } from './weather.ts';

/** Who holds what, for transports to judge whether they may be touched. */
export interface Occupancy {
  /** The connection for which the pool dials with this signal. */
  connectionOf(signal: AbortSignal): number;
  /** null when it is closed. */
  stateOf(connectionId: number): ConnectionState | null;
  /** Leases that callers hold on it. */
  leasesOf(connectionId: number): number;
  /** How many it may carry by the settings and the server's word. */
  streamsOf(connectionId: number): number;
}

export interface SimulatedNetworkOptions {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly referee: Referee;
  readonly occupancy: Occupancy;
  /** What connections to a host are like. */
  readonly traitsOf: (host: string) => TransportTraits;
}

export class SimulatedNetwork implements Dialer {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly referee: Referee;
  readonly occupancy: Occupancy;
  /** Transports that nobody has destroyed. */
  readonly alive = new Set<SimulatedTransport>();
  /** Dials under way. */
  dialing = 0;
  dials = 0;
  probes = 0;
  /** Requests of the pool's own dispatcher that were put on a connection: each has a lease of its own. */
  pooledAttempts = 0;
  /** How often each of those was sent, by its path. */
  readonly sent = new Map<string, number>();
  readonly exchangeEnds: Record<ExchangeEnd, number> = { good: 0, aborted: 0, other: 0 };
  /** Signals that the pool gave with its work. */
  readonly signals = new Set<AbortSignal>();
  readonly #traitsOf: (host: string) => TransportTraits;
  readonly #weather = new Map<string, Weather>();
  readonly #byConnection = new Map<number, SimulatedTransport>();
  readonly #answeredWellMs = new Map<string, number>();

  constructor(options: SimulatedNetworkOptions) {
    this.clock = options.clock;
    this.dice = options.dice;
    this.referee = options.referee;
    this.occupancy = options.occupancy;
    this.#traitsOf = options.traitsOf;
  }

  weather(ip: string): Weather {
    let weather = this.#weather.get(ip);
    if (!weather) {
      weather = calmWeather();
      this.#weather.set(ip, weather);
    }
    return weather;
  }

  /** Whatever begins from now on goes well. */
  calm(): void {
    this.#weather.clear();
  }

  transport(connectionId: number): SimulatedTransport | undefined {
    return this.#byConnection.get(connectionId);
  }

  async dial({ endpoint, timeoutMs, signal }: DialRequest): Promise<Transport> {
    const connectionId = this.occupancy.connectionOf(signal);
    const { dial, flakiness, dialMs } = this.weather(endpoint.ip);
    const script = this.dice.chance(flakiness) ? this.dice.pick(dialFailures) : dial;
    const tookMs = this.dice.pick(dialMs);
    this.saw(signal);
    this.dials += 1;
    this.dialing += 1;
    try {
      if (script === 'hang' || tookMs >= timeoutMs) {
        await this.#pass(timeoutMs, signal);
        throw new ClassifiedError(this.dice.pick(['timeout-tcp', 'timeout-tls']), 'ETIMEDOUT', 'nothing came');
      }
      await this.#pass(tookMs, signal);
      if (script !== 'ok') {
        throw new ClassifiedError(script, script.toUpperCase(), `the dial ended with ${script}`);
      }
    } finally {
      this.dialing -= 1;
    }
    const transport = new SimulatedTransport(this, connectionId, endpoint, this.#traitsOf(endpoint.host.name));
    this.alive.add(transport);
    this.#byConnection.set(connectionId, transport);
    return transport;
  }

  saw(signal: AbortSignal | undefined): void {
    if (signal) {
      this.signals.add(signal);
    }
  }

  answeredWell(endpoint: Endpoint, path: string): void {
    this.#answeredWellMs.set(`${endpointKey(endpoint)} ${path}`, this.clock.monotonicMs());
  }

  /** When this endpoint last answered 200 to this path; before everything when it never has. */
  answeredWellMs(endpoint: Endpoint, path: string): number {
    return this.#answeredWellMs.get(`${endpointKey(endpoint)} ${path}`) ?? Number.NEGATIVE_INFINITY;
  }

  /** Lets time pass; nothing at all for 0. @throws ClassifiedError of class `aborted` when the signal aborts first. */
  #pass(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        timer.cancel();
        // Given up in the very moment in which it was ready: both happen.
        if (this.dice.chance(0.1)) {
          resolve();
        } else {
          reject(new ClassifiedError('aborted', 'ABORT_ERR', 'the dial was given up'));
        }
      };
      const timer: Timer = this.clock.after(ms, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      if (signal.aborted) {
        onAbort();
      } else {
        signal.addEventListener('abort', onAbort, { once: true });
      }
    });
  }
}
