/** What the fake console has told of: a quiet hour, and where connections fail a flood of it. */

import type { EventDataOf, EventKind } from '../../../core/contract/event-kinds.ts';
import {
  type EventPattern,
  noPatterns,
  type PatternCounts,
  patternsOf,
} from '../../../core/contract/event-patterns.ts';
import { eventText } from '../../../core/contract/event-text.ts';
import type { EventLevel, ToldEvent } from '../../../core/contract/events.ts';
import type { RequestOutput, RequestParsed } from '../../../core/contract/index.ts';
import { languages } from '../../../core/contract/language.ts';
import type { FakeHost } from './fake-fleet.ts';

export interface FakeEventsOptions {
  readonly fleet: readonly FakeHost[];
  readonly failing: number;
  /** It has connections, and something has happened to them. */
  readonly lives: boolean;
  readonly startedAtMs: number;
  readonly now: number;
}

const minuteMs = 60_000;
/** Of a host; beyond, the pool leaves an IP alone for a while. */
const mostFailing = 12;

export class FakeEvents {
  /** Oldest first. */
  readonly all: ToldEvent[] = [];

  constructor(options: FakeEventsOptions) {
    const { fleet, lives, startedAtMs, now } = options;
    const hosts = fleet.map(({ host }) => host).join(', ');
    this.#tell(startedAtMs, 'info', 'engine.started', 'pool', { mode: 'demo', hosts });
    if (lives) {
      this.#quiet(fleet, now);
      for (const host of fleet) {
        this.#failures(host, options);
      }
    }
    this.all.sort((one, other) => one.atMs - other.atMs);
    this.all.forEach((event, index) => {
      event.seq = index + 1;
    });
  }

  find(wish: RequestParsed<'history.events'>): RequestOutput<'history.events'> {
    const { fromMs, toMs, text, levels, kind, host, ip, limit } = wish;
    const sought = text.toLowerCase();
    const says = (event: ToldEvent): boolean =>
      [event.kind, event.subject, ...languages.map((language) => eventText(event, language))].some((words) =>
        words.toLowerCase().includes(sought),
      );
    const found = this.all.filter(
      (event) =>
        event.atMs >= fromMs &&
        event.atMs < toMs &&
        (levels.length === 0 || levels.includes(event.level)) &&
        (kind === null || event.kind === kind || event.kind.startsWith(`${kind}.`)) &&
        (host === null || event.data.host === host) &&
        (ip === null || event.data.ip === ip) &&
        says(event),
    );
    const events = found.toReversed().slice(0, limit);
    return { events: events.map((event) => ({ ...event, id: event.seq, text: eventText(event, 'en') })), cursor: null };
  }

  patterns({ fromMs, toMs }: RequestParsed<'events.patterns'>): { counts: PatternCounts } {
    const counts: Record<EventPattern, number> = noPatterns();
    for (const event of this.all.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)) {
      for (const [pattern, times] of patternsOf(event)) {
        counts[pattern] += times;
      }
    }
    return { counts };
  }

  #tell<Kind extends EventKind>(
    atMs: number,
    level: EventLevel,
    kind: Kind,
    subject: string,
    data: EventDataOf<Kind>,
  ): void {
    this.all.push({ seq: 1, atMs: Math.floor(atMs), level, kind, subject, data });
  }

  #quiet(fleet: readonly FakeHost[], now: number): void {
    const [first] = fleet;
    if (!first) {
      return;
    }
    const { host, ips } = first;
    const total = ips.length;
    const began = now - 41 * minuteMs;
    this.#tell(began, 'info', 'warm-up.started', host, {
      ...{ runId: 1, total, ips: total, hosts: 1, concurrency: 50, perSecond: null },
    });
    for (const [index, percent] of [25, 50, 75, 100].entries()) {
      const done = Math.floor((total * percent) / 100);
      this.#tell(began + (index + 1) * 3_000, 'info', 'warm-up.milestone', host, {
        runId: 1,
        done,
        total,
        ready: done,
        failed: 0,
        healthyNow: done,
        ratePerSecond: total / 12,
        percent,
        leftMs: percent === 100 ? null : (4 - index - 1) * 3_000,
      });
    }
    this.#tell(now - 26 * minuteMs, 'info', 'config.changed', 'pool', {
      by: 'console',
      file: 'hotpool.toml',
      keys: 1,
      changes: 'pool.max_idle_conns 20 → 50',
    });
    this.#tell(now - 19 * minuteMs, 'info', 'access.changed', '198.51.100.0/24', {
      who: 'operator',
      act: 'added',
      list: 'black',
      origin: 'operator',
      from: null,
      before: null,
      after: 'black (operator): the range that was scanned from',
      reason: 'ticket 4471',
      whitelisted: 0,
      blacklisted: 1,
    });
    const changed = { host, addresses: total, added: 2, vanished: 1 };
    this.#tell(now - 7 * minuteMs, 'info', 'dns.changed', host, changed);
  }

  #failures({ host, ips }: FakeHost, { failing, now }: FakeEventsOptions): void {
    const bad = ips.slice(0, Math.min(mostFailing, Math.round(ips.length * failing)));
    for (const [index, ip] of bad.entries()) {
      const failed = {
        host,
        ip,
        class: 'refused',
        code: 'ECONNREFUSED',
        message: `connect ECONNREFUSED ${ip}:443`,
      } as const;
      const lastMs = now - 90_000 + index * 1_700;
      for (const beforeMs of [9_000, 4_000, 0]) {
        this.#tell(lastMs - beforeMs, 'warn', 'connection.dial-failed', host, failed);
      }
      this.#tell(lastMs + 2, 'warn', 'health.ejected', ip, {
        host,
        ip,
        reason: 'failures-in-a-row',
        failure: 'refused',
        code: 'ECONNREFUSED',
        good: null,
        looked: null,
        responseMs: null,
        note: null,
        seconds: 30,
        ejections: 1,
      });
    }
  }
}
