/**
 * The faults of the reference implementation, each with the test that would fail on it. Those that no other test covers
 * are here. `s` is the simulation (test/simulation), which keeps the rule at every step of every seed.
 *
 * | fault                                                     | test                                                            |
 * |-----------------------------------------------------------|-----------------------------------------------------------------|
 * | releasing an unhealthy connection deadlocks               | pool/release "of an unhealthy connection"; s: deadlines         |
 * | the second connection to an IP is lost                    | pool/acquire-url "dials a second connection to an address"      |
 * | two hosts on one IP are mixed                             | pool/acquire-url "keeps two hosts on one address apart"; s      |
 * | removal by IP closes another caller's connection          | here                                                            |
 * | the three limits are never enforced                       | pool/limits; s: at every instant, and what is closed for them   |
 * | idle clean-up never runs                                  | pool/keeping-hot "idle clean-up leaves what a check has touched"|
 * | there is no wait queue                                    | pool/acquire "serves waiters in the order they came"; s         |
 * | a handshake has no deadline                               | here; integration/dial/tls-dialer                               |
 * | a probe has no deadline                                   | health-validator "gives each attempt what is left"              |
 * | one hung IP stalls all checks                             | health-checker "is not delayed by an IP that hangs"             |
 * | a probe writes into a busy HTTP/1.1 socket                | pool/keeping-hot "leave leased connections alone"; s            |
 * | HTTP/2 validation sends nothing                           | health-validator "pings h2"; pool/acquire-url "validates"       |
 * | a 301 or 404 kills a good socket                          | pool/acquire-url "takes 301 for good", "answers 404"            |
 * | validation uses a throwaway connection                    | pool/keeping-hot "leaves a validated connection idle"           |
 * | a failed HTTP/2 request leaves a corpse marked healthy    | pool/release "has its connection looked at"; s: ended by peer   |
 * | POST is replayed                                          | pool/dispatcher "is never sent again when it is a %s"; s        |
 * | the next response is read out of step                     | pool/release "a response that was not read to its end"; s       |
 * | the blacklist is for ever                                 | ip-health/ejection "the ban expires with it"                    |
 * | success lifts an operator's ban                           | access/automatic-entries "no sequence of automatic acts"        |
 * | the allow list does not restrict                          | pool/keeping-hot "enforced, refuse what is on no white list"    |
 * | DNS refresh cannot run                                    | dns/host-directory "asks again each interval"; pool/keeping-hot |
 * | a warm-up of N lands on one IP                            | here                                                            |
 * | IPv6 is never used                                        | here                                                            |
 * | the port is always 443                                    | here                                                            |
 * | UpdateConfig changes nothing that runs                    | here (times); pool/limits "that were lowered", "raised"         |
 * | closing twice panics                                      | pool/close "twice is fine"; s                                   |
 * | a second SetDependencies drops the white list             | here                                                            |
 * | reuse rate and average response time are never computed   | statistics/pool-recorder "counts by the formulas"; s: reuse     |
 * | requests are counted twice                                | pool/release "are counted once, by their status"; s             |
 */
import { describe, expect, it } from 'vitest';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const url = 'https://example.test/';

describe('the reference’s faults, not made here', () => {
  it('removal by IP: a broken connection goes alone, its neighbour on the same IP stays with its caller', async () => {
    const { pool, network } = fakePool();
    const mine = await pool.acquireIp(url, '10.0.0.1');
    const theirs = await pool.acquireIp(url, '10.0.0.1');
    mine.release('broken');
    expect(network.transports.map(({ destroyed }) => destroyed).slice(0, 2)).toEqual([true, false]);
    expect(pool.row(theirs.connectionId)).toMatchObject({ state: 'leased', healthy: true });
    const answer = await theirs.request({ path: '/', method: 'GET' });
    expect(answer.statusCode).toBe(200);
    await answer.body.dump();
    theirs.release();
    expect(pool.isHealthy(theirs.connectionId)).toBe(true);
  });

  it('no deadline for a handshake: one that hangs ends at conn_timeout, and another IP serves', async () => {
    const { pool, network, clock } = fakePool({ pool: { connTimeoutMs: 2_000, acquireTimeoutMs: 30_000 } });
    network.dials.set('10.0.0.1', 'hang').set('10.0.0.2', 'hang');
    const waiting = pool.acquire('example.test');
    await clock.advance(6_000);
    expect((await waiting).ip).toBe('10.0.0.3');
    expect(pool.stats()).toMatchObject({ dialingConnections: 0, totalConnections: 1 });
  });

  it('a warm-up of N on one IP: it is spread evenly over all of the host’s', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxIdleConnections: 100 } });
    const run = pool.warmUps.start(warmUpJobSchema.parse({ hosts: ['example.test'], connections: 9 }));
    await clock.advance(1_000);
    expect(await pool.warmUps.finished(run)).toMatchObject({ outcome: 'ok' });
    expect([...network.dialsByIp().values()]).toEqual([3, 3, 3]);
    expect(pool.stats().idleConnections).toBe(9);
  });

  it('IPv6 never used: both families of a host are dialled', async () => {
    const { pool, network, directory } = fakePool();
    directory.set('both.test', ['10.0.0.1', '2001:db8::1']);
    await Promise.all(Array.from({ length: 4 }, () => pool.acquire('both.test')));
    expect(Object.fromEntries(network.dialsByIp())).toEqual({ '10.0.0.1': 2, '2001:db8::1': 2 });
  });

  it('the port is always 443: a host is dialled on its own, and so is an IP that DNS does not have', async () => {
    const { pool, network, directory } = fakePool();
    directory.set('ports.test:8443', ['10.0.0.1'], 8443);
    expect((await pool.acquire('ports.test:8443')).port).toBe(8443);
    expect((await pool.acquireIp('https://ports.test:8443/', '10.0.0.7')).port).toBe(8443);
    expect((await pool.acquireUrl('https://ports.test:8443/')).host).toBe('ports.test:8443');
    expect(new Set(network.dialled.map(({ port }) => port))).toEqual(new Set([8443]));
  });

  it('UpdateConfig without effect: new times reach connections that exist', async () => {
    const { pool, configure, clock } = fakePool({
      pool: { idleTimeoutMs: 600_000, maxLifetimeMs: 600_000, cleanupIntervalMs: 600_000 },
    });
    const reasons: string[] = [];
    pool.observe({ changed: () => undefined, closed: (_id, reason) => reasons.push(reason) });
    const [idle, held] = await Promise.all([pool.acquire('example.test'), pool.acquire('example.test')]);
    idle?.release();
    await clock.advance(10_000);
    configure({ pool: { idleTimeoutMs: 5_000, maxLifetimeMs: 600_000, cleanupIntervalMs: 1_000 } });
    await clock.advance(1_000);
    expect(reasons).toEqual(['idle-timeout']);
    configure({ pool: { idleTimeoutMs: 600_000, maxLifetimeMs: 5_000, cleanupIntervalMs: 1_000 } });
    held?.release();
    expect(reasons).toEqual(['idle-timeout', 'max-lifetime']);
  });

  it('UpdateConfig without effect: a deadline of before holds, a new one is for who asks from now on', async () => {
    const { pool, configure, clock } = fakePool({ pool: { maxConnectionsPerHost: 1, acquireTimeoutMs: 10_000 } });
    await pool.acquire('example.test');
    const before = pool.acquire('example.test').catch((error: Error) => error.name);
    configure({ pool: { maxConnectionsPerHost: 1, acquireTimeoutMs: 1_000 } });
    const after = pool.acquire('example.test').catch((error: Error) => error.name);
    await clock.advance(1_000);
    expect(await Promise.race([after, settle()])).toBe('AcquireTimeoutError');
    expect(pool.stats().waiting).toBe(1);
    await clock.advance(9_000);
    expect(await before).toBe('AcquireTimeoutError');
  });

  it('the white list lost by a second set-up: it holds through every change of the settings', async () => {
    const { pool, access, network, configure } = fakePool();
    access.list('white', '10.0.0.3');
    access.enforce = true;
    access.announce();
    configure({ pool: { maxConnectionsPerHost: 5 } });
    configure({ targets: ['example.test', 'other.test'] });
    await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    expect(Object.fromEntries(network.dialsByIp())).toEqual({ '10.0.0.3': 3 });
    expect(pool.stats().whitelistIps).toBe(1);
  });
});
