import { describe, expect, it } from 'vitest';
import { sleep } from '../../../core/base/clock.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { fakePool } from '../../support/fake-pool.ts';

describe('an address that refuses a TLS profile', () => {
  it('is offered others at once, and remembered with the one that it takes', async () => {
    const { pool, network, directory, health, clock } = fakePool();
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['tls12-only']);
    const lease = await pool.acquire('example.test');
    expect(pool.row(lease.connectionId)?.profile).toBe('tls12-only');
    expect(network.dialled).toHaveLength(3);
    await pool.acquire('example.test');
    expect(network.dialled).toHaveLength(4);
    expect(clock.monotonicMs()).toBe(0);
    expect(health.failures).toEqual([]);
    const explanation = pool.explain('10.0.0.1');
    expect(explanation).toMatchObject({
      endpoints: [
        {
          events: [
            { kind: 'profile-refused', detail: 'modern-h2' },
            { kind: 'profile-refused', detail: 'modern-h1' },
            { kind: 'ready', count: 2 },
          ],
        },
      ],
    });
  });

  it('is offered each within the budget, whose wait is none of its time', async () => {
    const { pool, network, directory, budget, clock } = fakePool({ pool: { connTimeoutMs: 1_000 } });
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['tls12-only']);
    network.refusalMs = 300;
    const take = budget.take.bind(budget);
    budget.take = async (...asked) => {
      await sleep(clock, 5_000, new AbortController().signal);
      return take(...asked);
    };
    const waiting = pool.acquire('example.test');
    await clock.advance(16_000);
    expect(pool.row((await waiting).connectionId)?.profile).toBe('tls12-only');
    expect(budget.taken).toEqual(['acquire', 'acquire', 'acquire']);
    expect(network.dialled).toHaveLength(3);
    expect(budget.inFlight).toBe(0);
  });

  it('is tried once more where a handshake left open why it failed, and then with the next profile', async () => {
    const { pool, network, directory, budget, health, clock } = fakePool();
    directory.set('example.test', ['10.0.0.1']);
    const unclear = new ClassifiedError('tls-protocol', 'HANDSHAKE_FAILURE', 'refused', { isInconclusive: true });
    network.dials.set('10.0.0.1', unclear);
    pool.acquire('example.test', { timeoutMs: 500 }).catch(() => undefined);
    await clock.advance(0);
    // Four profiles, two tries each.
    expect(network.dialled).toHaveLength(8);
    expect(budget.taken).toHaveLength(8);
    expect(health.failures).toHaveLength(1);
  });

  it('is dialled as it should be again when it takes that once more', async () => {
    const { pool, network, directory } = fakePool();
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['tls12-only']);
    await pool.acquire('example.test');
    network.profiles.set('10.0.0.1', ['modern-h2']);
    const lease = await pool.acquire('example.test');
    expect(pool.row(lease.connectionId)?.profile).toBe('modern-h2');
    const before = network.dialled.length;
    await pool.acquire('example.test');
    expect(network.dialled).toHaveLength(before + 1);
  });

  it('is blamed only when it has refused every one', async () => {
    const { pool, network, directory, health, clock } = fakePool();
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', []);
    const asked = pool.acquire('example.test').catch((error: unknown) => error);
    await clock.advance(0);
    expect(network.dialled).toHaveLength(4);
    expect(health.failures.map(({ error }) => error.errorClass)).toEqual(['tls-protocol']);
    await clock.advance(3_000);
    expect(await asked).toMatchObject({ errorClass: 'tls-protocol' });
  });
});

describe('an address that has no time left for the other profiles', () => {
  it('is late, and is not blamed for having refused every one', async () => {
    const { pool, network, directory, health, clock } = fakePool({ pool: { connTimeoutMs: 1_000 } });
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['runtime-default']);
    network.refusalMs = 600;
    const asked = pool.acquire('example.test');
    await clock.advance(1_200);
    expect(health.failures.map(({ error }) => error.errorClass)).toEqual(['timeout-tls']);
    await clock.advance(5_000);
    expect(pool.row((await asked).connectionId)?.profile).toBe('runtime-default');
  });
});

describe('a dial that is late', () => {
  it.each([
    [400, 400],
    [5_000, 1_000],
  ])('by %d ms of who asked for it tells that %d ms ended it', async (timeoutMs, endedByMs) => {
    const { pool, network, directory, health, clock } = fakePool({ pool: { connTimeoutMs: 1_000 } });
    directory.set('example.test', ['10.0.0.1']);
    network.dials.set('*', 'hang');
    const endpoint = { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 };
    const { signal } = new AbortController();
    const opening = pool.open(endpoint, { timeoutMs, priority: 'warm-up', signal }).catch((error: unknown) => error);
    await clock.advance(2_000);
    expect(await opening).toMatchObject({ errorClass: 'timeout-tls', withinMs: endedByMs });
    expect(health.failures.map(({ error }) => error.withinMs)).toEqual([endedByMs]);
  });
});

describe('a target with profiles of its own', () => {
  const profiles = ['modern-h2', 'x25519-first', 'tls12-only'] as const;
  const rotating = { profileSet: { profiles, choice: 'rotate' }, credentials: null } as const;

  it('is dialled with each in its turn, and a connection shows which', async () => {
    const { pool } = fakePool({ tls: rotating });
    const leases = await Promise.all(Array.from({ length: 6 }, () => pool.acquire('example.test')));
    const shown = leases.map(({ connectionId }) => pool.row(connectionId)?.profile);
    expect(shown.toSorted()).toEqual([...profiles, ...profiles].toSorted());
  });

  it('is never offered another, and an address goes without the one that it has refused', async () => {
    const { pool, network, directory, health } = fakePool({ tls: rotating });
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['x25519-first', 'tls12-only']);
    const leases = await Promise.all(Array.from({ length: 5 }, () => pool.acquire('example.test')));
    const shown = leases.map(({ connectionId }) => pool.row(connectionId)?.profile);
    expect(new Set(shown)).toEqual(new Set(['x25519-first', 'tls12-only']));
    expect(health.failures).toEqual([]);
    const before = network.dialled.length;
    await Promise.all(Array.from({ length: 3 }, () => pool.acquire('example.test')));
    expect(network.dialled).toHaveLength(before + 3);
  });

  it('that are one only: what refuses it is blamed at once', async () => {
    const only = { profileSet: { profiles: ['tls13-only'], choice: 'first' }, credentials: null } as const;
    const { pool, network, directory, health, clock } = fakePool({ tls: only });
    directory.set('example.test', ['10.0.0.1']);
    network.profiles.set('10.0.0.1', ['modern-h2']);
    pool.acquire('example.test').catch(() => undefined);
    await clock.advance(0);
    expect([network.dialled.length, health.failures.length]).toEqual([1, 1]);
  });

  it('follows a change of the settings with its next dial', async () => {
    const { pool, configure } = fakePool({ tls: rotating });
    configure({ tls: { profileSet: { profiles: ['aes256-first'], choice: 'first' }, credentials: null } });
    const lease = await pool.acquire('example.test');
    expect(pool.row(lease.connectionId)?.profile).toBe('aes256-first');
  });
});
