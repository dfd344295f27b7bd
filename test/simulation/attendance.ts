/** Nobody is forgotten: who waits is served by what is free, dialled for where there is room, and floors are filled. */
import type { PoolStatistics } from '../../core/contract/statistics.ts';
import type { Census, HostCensus } from './census.ts';
import type { World } from './world.ts';

/** The pool rests this long between two dials that fail; beyond it somebody must be at work for those who wait. */
const longestRestMs = 1_000;
/** And this long at most between two that fail to fill a floor, with the second in which it is looked at. */
const longestFloorRestMs = 31_000;
/** Rounding of times that were added up. */
const slackMs = 1;

export class Attendance {
  readonly #world: World;
  /** Since when something could be done for those who wait, and is not; by host, or by host and IP. */
  readonly #sinceMs = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  verify(stats: PoolStatistics, census: Census): void {
    const { callers, scenario, referee } = this.#world;
    const forAny = new Map<string, number>();
    const forIp = new Map<string, { readonly host: string; readonly ip: string }>();
    for (const { wish } of callers.waiting) {
      if (wish.path === null) {
        forAny.set(wish.host, (forAny.get(wish.host) ?? 0) + 1);
      } else if (wish.ip !== null) {
        forIp.set(`${wish.host} ${wish.ip}`, { host: wish.host, ip: wish.ip });
      }
    }
    if (scenario.isPlain && stats.waiting !== callers.waiting.size) {
      referee.fail('counters equal a recount', `waiting: the pool says ${stats.waiting}, ${callers.waiting.size} do`);
    }
    for (const { name } of scenario.hosts) {
      const waiting = forAny.get(name.name) ?? 0;
      this.#verifyFree(name.name, waiting, census.of(name.name));
      this.#verifyAttended(name.name, waiting > 0, census);
    }
    this.#verifyEachIp(forIp, census);
    this.#verifyFloors(census);
  }

  /** For each who waits one is checked at most, if none needs no check. */
  #verifyFree(host: string, waiting: number, census: HostCensus): void {
    const left = waiting > census.states.checking ? census.usable : this.#freshBeside(host, waiting, census);
    if (left.length > 0) {
      const which = left.join(', ');
      this.#world.referee.fail(
        'nobody waits while a usable connection is idle',
        `${waiting} for ${host}, free: ${which}`,
      );
    }
  }

  /** Needing no check, while somebody waits for the check of another that is not preferred to it. */
  #freshBeside(host: string, waiting: number, { fresh }: HostCensus): readonly number[] {
    const { watch, access } = this.#world;
    for (const { host: of, ip, state } of watch.told.values()) {
      if (of === host && state === 'checking' && access.isPreferred(ip)) {
        return [];
      }
    }
    return waiting > 0 ? fresh : [];
  }

  /** Where there is room and nobody serves those who wait, the next attempt is at most a rest away. */
  #verifyAttended(host: string, isAwaited: boolean, { whole, of }: Census): void {
    const { maxConnectionsPerHost } = this.#world.watch.settings.pool;
    const { total, states } = of(host);
    const isRoom = total < maxConnectionsPerHost && this.#isRoomInAll(whole);
    const isAttended = states.dialing + states.validating + states.checking > 0 || this.#isAsking(host);
    if (this.#lastsLonger(host, host, isAwaited && isRoom && !isAttended, longestRestMs)) {
      this.#world.referee.fail('nobody is left waiting while there is room', host);
    }
  }

  /** For one IP there is room as well where the host has something idle to another. */
  #verifyEachIp(forIp: ReadonlyMap<string, { readonly host: string; readonly ip: string }>, census: Census): void {
    const { watch, referee } = this.#world;
    const { maxConnectionsPerHost } = watch.settings.pool;
    for (const key of this.#sinceMs.keys()) {
      if (key.includes(' ') && !key.startsWith('floor') && !forIp.has(key)) {
        this.#sinceMs.delete(key);
      }
    }
    for (const [key, { host, ip }] of forIp) {
      const { total } = census.of(host);
      const isFull = total >= maxConnectionsPerHost;
      const isRoom = isFull
        ? total === maxConnectionsPerHost && this.#hasIdleBeside(host, ip)
        : this.#isRoomInAll(census.whole);
      const isLeft = isRoom && !this.#isAsking(host) && !this.#isAttended(host, ip);
      if (this.#lastsLonger(key, host, isLeft, longestRestMs)) {
        referee.fail('nobody is left waiting while there is room', `for ${host} on ${ip}`);
      }
    }
  }

  #isAttended(host: string, ip: string): boolean {
    const { watch, network } = this.#world;
    for (const [id, told] of watch.told) {
      if (told.host !== host || told.ip !== ip) {
        continue;
      }
      if (told.state === 'dialing' || told.state === 'validating' || (network.transport(id)?.validations ?? 0) > 0) {
        return true;
      }
    }
    return false;
  }

  /** One on which its server allows no stream for now is waited for: that is meant to be short (RFC 9113, section 6.5.2). */
  #hasIdleBeside(host: string, ip: string): boolean {
    const { watch } = this.#world;
    for (const [id, told] of watch.told) {
      if (told.host === host && told.ip !== ip && told.state === 'idle' && told.healthy && watch.streamsNow(id) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Of targets, as far as the limits allow. */
  #verifyFloors({ of }: Census): void {
    const { watch, pool, directory, permission, referee } = this.#world;
    const { minIdlePerHost } = watch.settings.pool;
    for (const { host } of watch.settings.targets) {
      const { idle, checking, dialing, validating } = of(host.name).states;
      const isShort = idle + checking + dialing + validating < minIdlePerHost && pool.room(host).free > 0;
      const isDialable =
        directory.isAnswering(host.name) &&
        directory.present(host.name).some(({ ip, port }) => permission.isDialable(host.name, ip, port));
      if (this.#lastsLonger(`floor ${host.name}`, host.name, isShort && isDialable, longestFloorRestMs)) {
        referee.fail('the floor is filled when nothing is in the way', `${idle} of ${minIdlePerHost} for ${host.name}`);
      }
    }
  }

  /** One that lies idle makes room for one more. */
  #isRoomInAll({ total, states }: HostCensus): boolean {
    const { maxConnections } = this.#world.watch.settings.pool;
    return total < maxConnections || (total === maxConnections && states.idle > 0);
  }

  #isAsking(host: string): boolean {
    return (this.#world.directory.asking.get(host) ?? 0) > 0;
  }

  /** Whether `holds` has held for longer than `mostMs`, with no connection to the host begun or closed meanwhile. */
  #lastsLonger(key: string, host: string, holds: boolean, mostMs: number): boolean {
    const { clock, watch } = this.#world;
    if (!holds) {
      this.#sinceMs.delete(key);
      return false;
    }
    const nowMs = clock.monotonicMs();
    const sinceMs = Math.max(this.#sinceMs.get(key) ?? nowMs, watch.lastStirMs(host));
    this.#sinceMs.set(key, sinceMs);
    return nowMs - sinceMs > mostMs + slackMs;
  }
}
