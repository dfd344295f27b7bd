/** How many connections are in each state; closed ones are gone and not counted. */
import type { ConnectionState } from '../contract/vocabulary.ts';

export class StateCounts {
  idle = 0;
  leased = 0;
  checking = 0;
  dialing = 0;
  validating = 0;
  draining = 0;

  /** Called twice per lease: named fields, most frequent first, cost a fraction of a keyed store. */
  add(state: ConnectionState, change: 1 | -1): void {
    switch (state) {
      case 'idle':
        this.idle += change;
        return;
      case 'leased':
        this.leased += change;
        return;
      case 'checking':
        this.checking += change;
        return;
      case 'dialing':
        this.dialing += change;
        return;
      case 'validating':
        this.validating += change;
        return;
      case 'draining':
        this.draining += change;
        return;
      case 'closed':
        return;
    }
  }
}
