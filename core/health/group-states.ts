/** What is said of a host as a whole: the share is full, ejections are ignored, it blocks us. Each once, and its end. */
import { counted } from '../base/counted.ts';
import type { EventSink } from '../base/event-bus.ts';
import { type IpGroup, isPanic } from './ip-group.ts';

export class GroupStates {
  readonly #events: EventSink;

  constructor(events: EventSink) {
    this.#events = events;
  }

  /** `why` an IP deserves an ejection that it does not get. */
  full(group: IpGroup, ip: string, why: string, mayEject: number): void {
    if (!group.isFull) {
      group.isFull = true;
      const text = `${ip} of ${group.host} stays in use (${why}): at most ${mayEject} of its IPs may be ejected`;
      this.#events.emit('warn', 'health.share-full', group.host, text, { ip, mayEject });
    }
  }

  /** True when the panic has begun or ended. `permitted`: IPs that no person blocks. */
  reviewPanic(group: IpGroup, permitted: number, panicShare: number): boolean {
    const away = group.outOfUse;
    const available = permitted - away;
    const panic = away > 0 && isPanic(available, permitted, panicShare);
    if (panic === group.panic) {
      return false;
    }
    group.panic = panic;
    const text = panic
      ? `only ${available} of ${counted(permitted, 'IP')} of ${group.host} available: ejections are ignored`
      : `enough IPs of ${group.host} are available again: ejections hold`;
    const kind = panic ? 'health.panic' : 'health.panic-over';
    this.#events.emit(panic ? 'warn' : 'info', kind, group.host, text, { available, permitted });
    return true;
  }

  /** Whether every IP in use answers that it blocks us. */
  reviewBlock(group: IpGroup, isPermitted: (ip: string) => boolean): void {
    let inUse = 0;
    let blocked = 0;
    for (const { phase, heldFor, endpoint } of group.members) {
      if (phase === 'in-use' && isPermitted(endpoint.ip)) {
        inUse += 1;
        blocked += heldFor === 'blocked' ? 1 : 0;
      }
    }
    const blocksUs = inUse > 0 && blocked === inUse;
    if (blocksUs === group.blocksUs) {
      return;
    }
    group.blocksUs = blocksUs;
    const ips = group.members.size;
    if (blocksUs) {
      const text = `${group.host} blocks us: all its IPs answer so; ${inUse} of ${ips} stay in use`;
      this.#events.emit('error', 'health.host-blocks-us', group.host, text, { inUse, ips });
    } else {
      const text = `${group.host} no longer blocks us on every IP`;
      this.#events.emit('info', 'health.host-unblocks-us', group.host, text, { inUse, ips });
    }
  }
}
