/** Whether a lease is what was asked for, on a connection that may carry it. */
import { endpointKey } from '../../core/dial/endpoint.ts';
import type { Lease } from '../../core/pool/lease.ts';
import type { Acquisition, CallerParts } from './callers.ts';

export class GrantJudge {
  readonly #parts: CallerParts;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  judge(acquisition: Acquisition, lease: Lease): void {
    const { watch, network, referee, clock, permission } = this.#parts;
    const { wish } = acquisition;
    const id = lease.connectionId;
    const what = `#${acquisition.id} gets connection ${id} to ${lease.host} (${lease.ip})`;
    if (lease.host !== wish.host || (wish.ip !== null && lease.ip !== wish.ip)) {
      referee.fail('a lease is for what was asked', `${what}, asked for ${wish.host} ${wish.ip ?? ''}`);
    }
    const transport = network.transport(id);
    const state = watch.stateOf(id);
    if (!transport || state === null) {
      // Lost between the grant and the caller's next line; that can happen to any socket.
      if (!watch.closedNow.has(id)) {
        referee.fail('a lease is on a living connection', what);
      }
      return;
    }
    if (state !== 'leased' && state !== 'draining') {
      referee.fail('a lease is on a leased connection', `${what}, which is ${state}`);
    }
    const nowMs = clock.monotonicMs();
    if (transport.endedMs < nowMs) {
      referee.fail('no lease on a connection that the peer has ended', `${what}, ended at ${transport.endedMs} ms`);
    }
    const leases = watch.leasesOf(id);
    if (leases + transport.validations > watch.streamsOf(id)) {
      const streams = `${leases} leases and ${transport.validations} probes of ${watch.streamsOf(id)}`;
      referee.fail('no connection carries more than its streams', `${what}: ${streams}`);
    }
    const { checkIntervalMs } = watch;
    // Beside another lease, or a request of the pool's own dispatcher, it did not lie.
    const lay = leases === 1 && transport.exchanges.size === 0;
    if (lay && nowMs - transport.usedMs > checkIntervalMs) {
      referee.fail('one that lay long is checked first', `${what}, untouched for ${nowMs - transport.usedMs} ms`);
    }
    const wellMs = wish.path === null ? nowMs : network.answeredWellMs(transport.endpoint, wish.path);
    if (nowMs - wellMs > checkIntervalMs) {
      const key = `${endpointKey(transport.endpoint)} ${wish.path}`;
      referee.fail('a lease for a URL is good for it', `${what}; ${key} last answered well at ${wellMs} ms`);
    }
    if (!permission.isAllowed(lease.host, lease.ip, lease.port) && permission.changedMs < nowMs) {
      referee.fail('no lease to a blocked IP', what);
    }
  }
}
