/** The engine's own dial budget and validator, with the simulation looking on. */
import type { DialBudget, DialPermit, DialPriority } from '../../core/dial/dial-budget.ts';
import type { Endpoint } from '../../core/dial/endpoint.ts';
import type { Transport } from '../../core/dial/transport.ts';
import type { ConnectionValidator, Validation } from '../../core/health/validation.ts';
import { SimulatedTransport } from './simulated-transport.ts';

/** The engine's own budget; here it also says which connection a dial is for, because it is asked for each one first. */
export class ObservedBudget implements DialBudget {
  readonly #budget: DialBudget;
  readonly #claim: (endpoint: Endpoint, signal: AbortSignal) => void;

  constructor(budget: DialBudget, claim: (endpoint: Endpoint, signal: AbortSignal) => void) {
    this.#budget = budget;
    this.#claim = claim;
  }

  get inFlight(): number {
    return this.#budget.inFlight;
  }

  get waiting(): number {
    return this.#budget.waiting;
  }

  get concurrency(): number {
    return this.#budget.concurrency;
  }

  take(endpoint: Endpoint, priority: DialPriority, signal: AbortSignal): Promise<DialPermit> {
    this.#claim(endpoint, signal);
    return this.#budget.take(endpoint, priority, signal);
  }
}

/** The engine's own validator; here transports also know of the time between two of its questions. */
export class ObservedValidator implements ConnectionValidator {
  readonly #validator: ConnectionValidator;

  constructor(validator: ConnectionValidator) {
    this.#validator = validator;
  }

  validate(transport: Transport, path: string, signal: AbortSignal): Promise<Validation> {
    return this.#during(transport, this.#validator.validate(transport, path, signal));
  }

  check(transport: Transport, path: string, ordinal: number, signal: AbortSignal): Promise<Validation> {
    const checking = this.#validator.check(transport, path, ordinal, signal);
    // A PING beside leases takes no stream from them.
    return transport instanceof SimulatedTransport && transport.isShared ? checking : this.#during(transport, checking);
  }

  async #during(transport: Transport, validation: Promise<Validation>): Promise<Validation> {
    if (!(transport instanceof SimulatedTransport)) {
      return validation;
    }
    transport.validations += 1;
    try {
      return await validation;
    } finally {
      transport.validations -= 1;
    }
  }
}
