import { beforeEach, describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import {
  SessionTickets,
  type Ticket,
  type TicketHolder,
  ticketKey,
  ticketLifetimeMs,
} from '../../../core/dial/session-tickets.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let clock: ManualClock;
let tickets: SessionTickets;

beforeEach(() => {
  clock = new ManualClock();
  tickets = new SessionTickets(clock);
});

function ticket(text: string, options: Partial<Ticket> = {}): Ticket {
  const until = { monotonicMs: clock.monotonicMs() + ticketLifetimeMs, epochMs: clock.epochMs() + ticketLifetimeMs };
  return { session: Buffer.from(text), until, singleUse: true, ...options };
}

/** An open connection with this ticket; null: it has none yet. */
function held(
  text: string | null,
  options: Partial<Ticket> = {},
): TicketHolder & { text: string | null; asked: number } {
  return {
    text,
    asked: 0,
    until: ticket('').until,
    ticket() {
      this.asked += 1;
      return this.text === null ? null : ticket(this.text, options);
    },
  };
}

describe('session tickets', () => {
  it('of TLS 1.3 are offered once, the newest first', () => {
    tickets.add('a', ticket('one'));
    tickets.add('a', ticket('two'));
    expect([tickets.take('a'), tickets.take('a'), tickets.take('a')].map((it) => it?.session.toString())).toEqual([
      'two',
      'one',
      undefined,
    ]);
    expect(tickets.bytes).toBe(0);
  });

  it('of TLS 1.2 are offered again and again, the newest alone', () => {
    tickets.add('a', ticket('one', { singleUse: false }));
    tickets.add('a', ticket('two', { singleUse: false }));
    expect(tickets.take('a')?.session.toString()).toBe('two');
    expect(tickets.take('a')?.session.toString()).toBe('two');
    const held = tickets.bytes;
    tickets.add('a', ticket('six', { singleUse: false }));
    expect(tickets.bytes).toBe(held);
  });

  it('never leave what they were made for', () => {
    const endpoint = { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 };
    const keys = [
      ticketKey('modern-h2', endpoint, ''),
      ticketKey('modern-h1', endpoint, ''),
      ticketKey('modern-h2', { ...endpoint, ip: '10.0.0.2' }, ''),
      ticketKey('modern-h2', { ...endpoint, port: 8443 }, ''),
      ticketKey('modern-h2', { ...endpoint, host: parseHostName('other.test') }, ''),
      ticketKey('modern-h2', endpoint, 'another client certificate'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    tickets.add(keys[0] ?? '', ticket('one'));
    expect(keys.slice(1).map((key) => tickets.take(key))).toEqual([null, null, null, null, null]);
  });

  it('end an hour after the handshake that verified the certificate, by either clock', async () => {
    tickets.add('a', ticket('one'));
    tickets.add('b', ticket('two', { until: { monotonicMs: Number.POSITIVE_INFINITY, epochMs: clock.epochMs() + 5 } }));
    await clock.advance(5);
    expect(tickets.take('b')).toBeNull();
    await clock.advance(ticketLifetimeMs - 6);
    expect(tickets.take('a')).not.toBeNull();
    tickets.add('a', ticket('two', { until: ticket('').until }));
    await clock.advance(ticketLifetimeMs);
    expect(tickets.take('a')).toBeNull();
    expect(tickets.bytes).toBe(0);
  });

  it('of addresses that nobody dials any more are swept away', async () => {
    for (let ip = 0; ip < 100; ip += 1) {
      tickets.add(`10.0.0.${ip}`, ticket('one'));
    }
    await clock.advance(ticketLifetimeMs);
    tickets.add('a', ticket('one'));
    expect(tickets.bytes).toBeLessThan(300);
  });

  it('that an open connection holds are asked for when one is wanted, the newest connection first', () => {
    const [one, two] = [held('one'), held('two')];
    tickets.hold('a', one);
    tickets.hold('a', two);
    expect([one.asked, two.asked]).toEqual([0, 0]);
    expect(tickets.take('a')?.session.toString()).toBe('two');
    expect([one.asked, two.asked]).toEqual([0, 1]);
    expect(tickets.take('a')?.session.toString()).toBe('one');
    expect(tickets.take('a')).toBeNull();
    expect(tickets.bytes).toBe(0);
  });

  it('of a connection that has got none yet are asked for again', () => {
    const [one, two] = [held('one'), held(null)];
    tickets.hold('a', one);
    tickets.hold('a', two);
    expect(tickets.take('a')?.session.toString()).toBe('one');
    expect(tickets.take('a')).toBeNull();
    two.text = 'two';
    expect(tickets.take('a')?.session.toString()).toBe('two');
  });

  it('of a connection that ends are kept, unless they were taken, and once', () => {
    const [one, two, none] = [held('one'), held('two'), held(null)];
    for (const holder of [one, two, none]) {
      tickets.hold('a', holder);
    }
    tickets.take('a');
    for (const holder of [one, two, none, one]) {
      tickets.ended('a', holder);
    }
    expect([one.asked, two.asked]).toEqual([1, 1]);
    expect(tickets.take('a')?.session.toString()).toBe('one');
    expect([tickets.take('a'), tickets.bytes]).toEqual([null, 0]);
  });

  it('of TLS 1.2 stay with the connection that has them', () => {
    tickets.hold('a', held('one', { singleUse: false }));
    expect(tickets.take('a')?.session.toString()).toBe('one');
    expect(tickets.take('a')?.session.toString()).toBe('one');
  });

  it('of an open connection end an hour after its handshake, and only the four newest connections are asked', async () => {
    const holders = ['1', '2', '3', '4', '5'].map((text) => held(text));
    for (const holder of holders) {
      tickets.hold('a', holder);
    }
    expect(['5', '4', '3', '2', undefined]).toEqual(holders.map(() => tickets.take('a')?.session.toString()));
    const old = held('old');
    tickets.hold('a', old);
    await clock.advance(ticketLifetimeMs);
    expect([tickets.take('a'), old.asked, tickets.bytes]).toEqual([null, 0, 0]);
  });

  it('are not asked for any more when nothing is dialled any more', () => {
    const one = held('one');
    tickets.hold('a', one);
    tickets.close();
    tickets.ended('a', one);
    expect([one.asked, tickets.take('a'), tickets.bytes]).toEqual([0, null, 0]);
  });

  it('are forgotten when one of them made a dial go wrong', () => {
    tickets.add('a', ticket('one'));
    tickets.add('a', ticket('two'));
    tickets.forget('a');
    expect([tickets.take('a'), tickets.bytes]).toEqual([null, 0]);
  });

  it('take no more memory than they may: the address that waited longest goes first', () => {
    tickets = new SessionTickets(clock, 10_000);
    for (let ip = 0; ip < 1_000; ip += 1) {
      tickets.add(`10.0.0.${ip}`, ticket('x'.repeat(1_000)));
      expect(tickets.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(tickets.take('10.0.0.0')).toBeNull();
    expect(tickets.take('10.0.0.999')).not.toBeNull();
    for (let again = 0; again < 100; again += 1) {
      tickets.add('one address', ticket('x'.repeat(1_000)));
    }
    expect(tickets.bytes).toBeLessThanOrEqual(10_000);
    expect(tickets.take('10.0.0.998')).not.toBeNull();
  });
});
