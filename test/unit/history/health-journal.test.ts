import { describe, expect, it } from 'vitest';
import type { RememberedCheck } from '../../../core/contract/history-health.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { HealthPictures } from '../../../core/health/health-picture.ts';
import { HealthJournal } from '../../../core/history/health-journal.ts';
import type { HealthChange } from '../../../core/history/history-batch.ts';
import type { EndpointLook, PoolSecond, RememberedPool } from '../../../core/pool/pool-ports.ts';
import { adding } from '../../support/access-fixtures.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { HealthFixture, ips } from '../../support/health-fixture.ts';

type Told = Omit<EndpointLook, 'endpoint'> & { readonly ip: string };

function looksOf({ pool }: FakePool): Told[] {
  const looks: Told[] = [];
  pool.onLook(({ endpoint, ...look }) => looks.push({ ip: endpoint.ip, ...look }));
  return looks;
}

describe('the pool tells of every look at an address', () => {
  it('a new connection that answered, and idle ones that were asked or pinged', async () => {
    const fake = fakePool();
    fake.network.options = { protocol: 'h2' };
    fake.network.probeMs = 20;
    fake.validator.pings = true;
    const looks = looksOf(fake);
    const acquired = fake.pool.acquireIp('https://example.test/', '10.0.0.2');
    await fake.clock.advance(100);
    const lease = await acquired;
    lease.release();
    const [row] = fake.pool.rows();
    for (let times = 0; times < 3; times += 1) {
      const checked = fake.pool.check(row?.id ?? 0);
      await fake.clock.advance(20);
      await checked;
    }
    const good = { ip: '10.0.0.2', outcome: 'good', errorClass: null, durationMs: 20 } as const;
    expect(looks).toEqual([
      { ...good, kind: 'dial', status: 200 },
      { ...good, kind: 'ping', status: null },
      { ...good, kind: 'ping', status: null },
      { ...good, kind: 'check', status: 200 },
    ]);
    await fake.pool.close();
  });

  it('a dial that failed, an answer that is none of the good, and a probe of an address on trial', async () => {
    const fake = fakePool();
    const looks = looksOf(fake);
    const endpoint = (ip: string) => ({ host: parseHostName('example.test'), ip, port: 443 });
    fake.network.dials.set('10.0.0.1', 'refused');
    fake.network.paths.set('10.0.0.2 /', 403);
    const options = { timeoutMs: 1_000, priority: 'warm-up', signal: new AbortController().signal } as const;
    await expect(fake.pool.open(endpoint('10.0.0.1'), options)).rejects.toThrow();
    await expect(fake.pool.open(endpoint('10.0.0.2'), options)).rejects.toThrow();
    await fake.pool.probe(endpoint('10.0.0.3'), options.signal);
    expect(looks).toMatchObject([
      { ip: '10.0.0.1', kind: 'dial', outcome: 'broken', errorClass: 'refused', status: null },
      { ip: '10.0.0.2', kind: 'dial', outcome: 'blocked', errorClass: 'blocked', status: 403 },
      { ip: '10.0.0.3', kind: 'probe', outcome: 'good', errorClass: null, status: 200 },
    ]);
    await fake.pool.close();
  });

  it('and not of one that was given up', async () => {
    const fake = fakePool();
    const looks = looksOf(fake);
    fake.network.dialMs = 1_000;
    const signal = AbortSignal.abort();
    await expect(fake.pool.acquire('example.test', { signal })).rejects.toThrow();
    const controller = new AbortController();
    const acquired = fake.pool.acquire('example.test', { signal: controller.signal });
    await fake.clock.advance(10);
    const closing = fake.pool.close(AbortSignal.abort());
    await expect(acquired).rejects.toThrow();
    await closing;
    expect(looks).toEqual([]);
  });
});

class Journal {
  readonly fixture: HealthFixture;
  readonly checks: RememberedCheck[] = [];
  readonly changes: HealthChange[] = [];
  readonly #journal: HealthJournal;
  #look: (look: EndpointLook) => void = () => {};
  #second: (second: PoolSecond) => void = () => {};

  /** Listens when all of `fixture` is known, and every address has been told once. */
  static begun(addresses: readonly string[]): Journal {
    const journal = new Journal(new HealthFixture().resolve('a.test', addresses));
    journal.second();
    return journal;
  }

  constructor(fixture: HealthFixture) {
    this.fixture = fixture;
    const { clock, keeper, lists } = this.fixture;
    const pool: Pick<RememberedPool, 'onLook' | 'onSecond'> = {
      onLook: (listener) => {
        this.#look = listener;
        return () => {};
      },
      onSecond: (listener) => {
        this.#second = listener;
        return () => {};
      },
    };
    this.#journal = new HealthJournal({
      pool,
      health: new HealthPictures(keeper, lists, clock),
      history: { recordCheck: (check) => this.checks.push(check), recordHealth: (change) => this.changes.push(change) },
      clock,
    });
  }

  look(ip: string): void {
    const endpoint = { host: parseHostName('a.test'), ip, port: 443 };
    this.#look({ endpoint, kind: 'check', outcome: 'good', errorClass: null, status: 204, durationMs: 3 });
  }

  /** What is told when a second is over. */
  second(): { ip: string; state: string | undefined; atMs: number }[] {
    this.changes.length = 0;
    this.#second({} as PoolSecond);
    return this.changes.map(({ ip, health, atMs }) => ({ ip, state: health?.state, atMs }));
  }

  async close(): Promise<void> {
    this.#journal.close();
    await this.fixture.close();
  }
}

describe('the journal of health', () => {
  it('begins with every address that is known, also one that nobody ever asks, and one that a person has blocked', async () => {
    const [one = '', two = ''] = ips(2);
    const fixture = new HealthFixture().resolve('a.test', [one, two]);
    await fixture.lists.operator.apply(adding('black', two));
    const journal = new Journal(fixture);
    expect(journal.second().map(({ ip, state }) => [ip, state])).toEqual([
      [one, 'unknown'],
      [two, 'blocked'],
    ]);
    await journal.close();
  });

  it('hands over each look at once, and how its address is when the second is over', async () => {
    const [one = ''] = ips(1);
    const journal = Journal.begun([one]);
    const atMs = journal.fixture.clock.epochMs();
    journal.look(one);
    journal.look(one);
    const check = { host: 'a.test', ip: one, port: 443, kind: 'check', outcome: 'good' } as const;
    expect(journal.checks).toEqual(Array(2).fill({ ...check, atMs, errorClass: null, status: 204, ms: 3 }));
    expect(journal.second()).toEqual([{ ip: one, state: 'unknown', atMs }]);
    expect(journal.second()).toEqual([]);
    await journal.close();
  });

  it('tells when the automaton moved an address, and of every address when the rules are others, bit by bit', async () => {
    const addresses = ips(700);
    const [one = '', two = ''] = addresses;
    const journal = Journal.begun(addresses);
    const { fixture } = journal;
    await fixture.clock.advance(500);
    const atMs = fixture.clock.epochMs();
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(200);
    expect(journal.second()[0]).toEqual({ ip: one, state: 'ejected', atMs });
    while (journal.second().length > 0) {
      // The ejection is a change of the lists as well.
    }
    await fixture.lists.operator.apply(adding('black', two));
    const told = [journal.second(), journal.second(), journal.second(), journal.second()];
    expect(told.map(({ length }) => length)).toEqual([300, 300, 100, 0]);
    expect(told.flat().find(({ ip }) => ip === two)?.state).toBe('blocked');
    await journal.close();
  });
});
