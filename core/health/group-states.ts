/** What is said of a host as a whole: the share is full, ejections are ignored, it blocks us. Each once, and its end. */
import type { EventSink } from '../base/event-bus.ts';
import type { Charge } from '../contract/event-kinds.ts';
import { type IpGroup, isPanic } from './ip-group.ts';

export class GroupStates {
  readonly #events: EventSink;

  constructor(events: EventSink) {
    this.#events = events;
  }

  /** For `charge` an IP deserves an ejection that it does not get. */
  full(group: IpGroup, ip: string, charge: Charge, mayEject: number): void {
    if (!group.isFull) {
      group.isFull = true;
      this.#events.emit('warn', 'health.share-full', group.host, { host: group.host, ip, ...charge, mayEject });
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
    const told = { host: group.host, available, permitted };
    this.#events.emit(panic ? 'warn' : 'info', panic ? 'health.panic' : 'health.panic-over', group.host, told);
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
    const told = { host: group.host, inUse, ips: group.members.size };
    const kind = blocksUs ? 'health.host-blocks-us' : 'health.host-unblocks-us';
    this.#events.emit(blocksUs ? 'error' : 'info', kind, group.host, told);
  }
}
