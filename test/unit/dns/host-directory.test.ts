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

function setUp() {
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
  const directory = new RefreshingHostDirectory({ resolver, clock, events, refreshIntervalMs: intervalMs });
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

  it('keeps an address that is missing for its grace, and drops it then', async () => {
    const { clock, changes, answer, ips, know } = setUp();
    await know('192.0.2.1', '192.0.2.2');
    await clock.advance(intervalMs);
    await answer('192.0.2.2');
    expect(changes).toEqual([]);
    expect(await ips()).toEqual(['192.0.2.1', '192.0.2.2']);
    await clock.advance(graceMs - 1);
    expect(changes).toEqual([]);
    await clock.advance(1);
    expect(changes).toEqual([['192.0.2.2']]);
    expect(await ips()).toEqual(['192.0.2.2']);
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
    directory.setRefreshInterval(60_000);
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
