import { describe, expect, it } from 'vitest';
import type { EventSink } from '../../../core/base/event-bus.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { RefreshingHostDirectory } from '../../../core/dns/host-directory.ts';
import type { ResolvedAddress } from '../../../core/dns/resolver.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const host = parseHostName('edge.example');
const intervalMs = 1_800_000;
const graceMs = 300_000;

function setUp(drawn = () => 0.5) {
  const clock = new ManualClock();
  const told: string[] = [];
  const events: EventSink = { emit: (_level, kind) => told.push(kind) };
  const queries: PromiseWithResolvers<readonly string[]>[] = [];
  const resolver = {
    async resolve(): Promise<readonly ResolvedAddress[]> {
      const query = Promise.withResolvers<readonly string[]>();
      queries.push(query);
      return (await query.promise).map((ip) => ({ ip, port: 443 }));
    },
  };
  const directory = new RefreshingHostDirectory({
    resolver,
    clock,
    // Half-way is no jitter.
    random: { next: drawn },
    events,
    settings: { refreshIntervalMs: intervalMs, graceMs },
  });
  const changes: string[][] = [];
  directory.onChange((_host, addresses) => changes.push(addresses.map(({ ip }) => ip)));
  const answer = async (...ips: string[]): Promise<void> => {
    queries.at(-1)?.resolve(ips);
    await settle();
  };
  const fail = async (): Promise<void> => {
    queries.at(-1)?.reject(new ClassifiedError('dns', 'EAI_AGAIN', 'down'));
    await settle();
  };
  const ips = async (): Promise<string[]> => (await directory.addresses(host)).map(({ ip }) => ip);
  const know = async (...known: string[]): Promise<void> => {
    const first = ips();
    await answer(...known);
    await first;
  };
  return { clock, told, queries, directory, changes, answer, fail, ips, know };
}

describe('host directory', () => {
  it('asks once for callers who ask together, and then answers from what it knows', async () => {
    const { queries, answer, ips } = setUp();
    const both = Promise.all([ips(), ips()]);
    await answer('192.0.2.1', '2001:db8::1');
    expect(await both).toEqual([
      ['192.0.2.1', '2001:db8::1'],
      ['192.0.2.1', '2001:db8::1'],
    ]);
    await ips();
    expect(queries).toHaveLength(1);
  });

  it('leaves a host alone that nobody wants, and asks anew when somebody does', async () => {
    const { clock, queries, directory, answer, ips, know } = setUp();
    await know('192.0.2.1');
    directory.retire(host);
    expect(clock.timers).toBe(0);
    await clock.advance(10 * intervalMs);
    directory.failing(host);
    await directory.reread(new Set());
    expect(queries).toHaveLength(1);
    expect(await ips()).toEqual(['192.0.2.1']);
    expect(queries).toHaveLength(2);
    await answer('192.0.2.2');
    await clock.advance(intervalMs);
    expect(queries).toHaveLength(3);
    directory.close();
  });

  it('asks again each interval and tells only of another set', async () => {
    const { clock, queries, changes, answer, ips } = setUp();
    const first = ips();
    await answer('192.0.2.1');
    await first;
    await clock.advance(intervalMs);
    await answer('192.0.2.1');
    expect(changes).toEqual([]);
    await clock.advance(intervalMs);
    await answer('192.0.2.2', '192.0.2.1');
    expect(queries).toHaveLength(3);
    expect(changes).toEqual([['192.0.2.1', '192.0.2.2']]);
  });

  it('keeps the last good set when a refresh fails, and goes on asking', async () => {
    const { clock, queries, changes, answer, fail, ips } = setUp();
    const first = ips();
    await answer('192.0.2.1');
    await first;
    await clock.advance(intervalMs);
    await fail();
    expect(await ips()).toEqual(['192.0.2.1']);
    expect(changes).toEqual([]);
    await clock.advance(intervalMs);
    expect(queries).toHaveLength(3);
  });

  it('tells a first failure to the caller and asks anew for the next', async () => {
    const { queries, answer, fail, ips } = setUp();
    const first = ips();
    const refused = expect(first).rejects.toMatchObject({ errorClass: 'dns' });
    await fail();
    await refused;
    const second = ips();
    await answer('192.0.2.1');
    expect(await second).toEqual(['192.0.2.1']);
    expect(queries).toHaveLength(2);
  });

  it('lets one caller leave without ending the query for the others', async () => {
    const { directory, answer, ips } = setUp();
    const leaving = new AbortController();
    const left = expect(directory.addresses(host, leaving.signal)).rejects.toThrow('gone');
    const staying = ips();
    leaving.abort(new Error('gone'));
    await left;
    await answer('192.0.2.1');
    expect(await staying).toEqual(['192.0.2.1']);
  });

  it('keeps an address that is missing for its grace, asks once more, and drops it when it is missing still', async () => {
    const { clock, queries, changes, answer, ips, know } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    await clock.advance(intervalMs);
    await answer('192.0.2.2');
    expect(changes).toEqual([]);
    expect(await ips()).toEqual(['192.0.2.1', '192.0.2.2']);
    await clock.advance(graceMs - 1);
    expect(queries).toHaveLength(2);
    await clock.advance(1);
    expect(queries).toHaveLength(3);
    expect(changes).toEqual([]);
    await answer('192.0.2.2');
    expect(changes).toEqual([['192.0.2.2']]);
    expect(await ips()).toEqual(['192.0.2.2']);
  });

  it.each([
    [300_000, 300_000],
    [1_800_000, 300_000],
    [60_000, 300_000],
  ])('an address that comes and goes at each refresh (every %i ms) stays for an hour', async (refreshMs) => {
    const { clock, directory, queries, changes, answer, ips, know } = setUp();
    directory.configure({ refreshIntervalMs: refreshMs, graceMs });
    await know('192.0.2.1', '192.0.2.2');
    const until = clock.monotonicMs() + 3_600_000;
    for (let asked = queries.length; clock.monotonicMs() < until; ) {
      await clock.advance(30_000);
      if (queries.length > asked) {
        asked = queries.length;
        await (asked % 2 === 0 ? answer('192.0.2.2') : answer('192.0.2.1', '192.0.2.2'));
      }
    }
    expect(queries.length).toBeGreaterThan(2);
    expect(changes).toEqual([]);
    expect(await ips()).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('spreads the refreshes of hosts that were resolved together', async () => {
    const dues = await Promise.all(
      [0, 0.5, 0.999].map(async (drawn) => {
        const { clock, queries, know } = setUp(() => drawn);
        await know('192.0.2.1');
        while (queries.length === 1) {
          await clock.advance(1_000);
        }
        return Math.round(clock.monotonicMs() / 1_000);
      }),
    );
    expect(dues).toEqual([1_620, 1_800, 1_980]);
  });

  it('asks again about a host that fails everywhere, at most once in five seconds', async () => {
    const { clock, directory, queries, answer, know, changes } = setUp();
    directory.failing(host);
    expect(queries).toHaveLength(0);
    await know('192.0.2.1');
    directory.failing(host);
    await clock.advance(4_999);
    directory.failing(host);
    expect(queries).toHaveLength(1);
    await clock.advance(1);
    directory.failing(host);
    directory.failing(host);
    expect(queries).toHaveLength(2);
    await answer('192.0.2.1', '192.0.2.2');
    expect(changes).toEqual([['192.0.2.1', '192.0.2.2']]);
  });

  it('tells which addresses are new', async () => {
    const { clock, directory, answer, know } = setUp();
    const news: string[][] = [];
    directory.onChange((_host, _addresses, added) => news.push(added.map(({ ip }) => ip)));
    await know('192.0.2.1');
    await clock.advance(intervalMs);
    await answer('192.0.2.1', '192.0.2.2');
    expect(news).toEqual([['192.0.2.2']]);
  });

  it('drops at once what somebody has taken out of the given addresses', async () => {
    const { directory, answer, know, changes } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    const reread = directory.reread(new Set(['edge.example']));
    await settle();
    await answer('192.0.2.2');
    await reread;
    expect(changes).toEqual([['192.0.2.2']]);
  });

  it('gives other name servers the same grace as any answer', async () => {
    const { directory, queries, answer, know, changes, ips } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    const reread = directory.reread(new Set());
    await settle();
    await answer('192.0.2.2', '192.0.2.3');
    await reread;
    expect(queries).toHaveLength(2);
    expect(changes).toEqual([['192.0.2.1', '192.0.2.2', '192.0.2.3']]);
    expect(await ips()).toHaveLength(3);
  });

  it('says that it cannot ask once, and once that it can again', async () => {
    const { clock, told, answer, fail, know } = setUp();
    await know('192.0.2.1');
    for (let failures = 0; failures < 3; failures += 1) {
      await clock.advance(intervalMs);
      await fail();
    }
    expect(told).toEqual(['dns.refresh-failed']);
    await clock.advance(intervalMs);
    await answer('192.0.2.1');
    expect(told).toEqual(['dns.refresh-failed', 'dns.recovered']);
  });

  it('does not drop an address that was back before its grace ended', async () => {
    const { clock, directory, changes, answer, ips, know } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    await clock.advance(intervalMs);
    await answer('192.0.2.2');
    await clock.advance(graceMs / 2);
    const again = directory.refresh(host);
    await answer('192.0.2.1', '192.0.2.2');
    await again;
    await clock.advance(graceMs);
    expect(changes).toEqual([]);
    expect(await ips()).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('takes an empty answer for a failed one', async () => {
    const { clock, told, changes, answer, ips, know } = setUp();
    await know('192.0.2.1');
    await clock.advance(intervalMs);
    await answer();
    expect(told).toEqual(['dns.refresh-failed']);
    await clock.advance(graceMs);
    expect(changes).toEqual([]);
    expect(await ips()).toEqual(['192.0.2.1']);
  });

  it('obeys a new interval at once', async () => {
    const { clock, directory, queries, know } = setUp();
    await know('192.0.2.1');
    directory.configure({ refreshIntervalMs: 60_000, graceMs });
    await clock.advance(59_999);
    expect(queries).toHaveLength(1);
    await clock.advance(1);
    expect(queries).toHaveLength(2);
  });

  it('leaves no timer behind', async () => {
    const { clock, directory, answer, know } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    await clock.advance(intervalMs);
    await answer('192.0.2.1');
    directory.close();
    expect(clock.timers).toBe(0);
  });
});
