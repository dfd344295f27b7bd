import { describe, expect, test } from 'vitest';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { HealthFixture, ips } from '../../support/health-fixture.ts';

const aIps = ips(4);
const bIps = ips(4, 11);
const cIps = ips(4, 21);
const [a1 = '', a2 = '', a3 = ''] = aIps;
const [b1 = '', b2 = '', b3 = ''] = bIps;

function twoHosts(): HealthFixture {
  return new HealthFixture().resolve('a.test', aIps).resolve('b.test', bIps);
}

function standings(fixture: HealthFixture): Set<string> {
  return new Set([...fixture.keeper.records].map(({ standing }) => standing));
}

describe('an outage of this machine', () => {
  test('is recognised when more than half of all IPs of two hosts fail within 5 s: said once, nobody is ejected', async () => {
    const fixture = twoHosts();
    for (let round = 0; round < 5; round += 1) {
      for (const ip of aIps) {
        fixture.fail(ip, 'timeout-tcp');
      }
      for (const ip of bIps) {
        fixture.fail(ip, 'timeout-tcp', 1, 'b.test');
      }
      await fixture.clock.advance(1_000);
    }
    expect(fixture.ofKind('health.local-outage')).toHaveLength(1);
    expect(fixture.ofKind('health.ejected')).toEqual([]);
    expect(standings(fixture)).toEqual(new Set(['open']));
    expect(fixture.keeper.localOutage).not.toBeNull();
    await fixture.close();
  });

  test('is not what a list does that names IPs for a host which has them not: they say nothing of the host', async () => {
    const fixture = twoHosts();
    const named = ips(6, 31);
    for (const ip of [a1, a2, a3]) {
      fixture.fail(ip, 'refused', 3);
    }
    for (const ip of named) {
      fixture.fail(ip, 'refused', 3, 'b.test');
    }
    for (const ip of bIps) {
      fixture.succeed(ip, 'b.test');
    }
    expect(fixture.keeper.localOutage).toBeNull();
    expect(fixture.ofKind('health.local-outage')).toEqual([]);
    expect(fixture.record(a1).standing).toBe('barred');
    await fixture.close();
  });

  test('that is recognised late undoes the ejections of its window, and their back-off', async () => {
    const fixture = twoHosts();
    fixture.fail(a1, 'refused', 3);
    fixture.fail(a2, 'refused', 3);
    expect(fixture.record(a1).standing).toBe('barred');
    await fixture.clock.advance(2_000);
    fixture.fail(a3, 'refused', 2);
    for (const ip of [b1, b2, b3]) {
      fixture.fail(ip, 'refused', 1, 'b.test');
    }
    expect(fixture.ofKind('health.local-outage')).toHaveLength(1);
    expect(standings(fixture)).toEqual(new Set(['open']));
    expect(fixture.record(a1)).toMatchObject({ ejections: 0, consecutiveFailures: 0 });
    expect(fixture.record(a3).consecutiveFailures).toBe(0);
    expect(fixture.lists.blacklistCount).toBe(0);
    await fixture.close();
  });

  test('leaves an ejection from before its window as it is', async () => {
    const fixture = twoHosts();
    fixture.fail(a1, 'refused', 3);
    await fixture.clock.advance(6_000);
    for (const ip of aIps) {
      fixture.fail(ip, 'refused');
    }
    for (const ip of bIps) {
      fixture.fail(ip, 'refused', 1, 'b.test');
    }
    expect(fixture.ofKind('health.local-outage')).toHaveLength(1);
    expect(fixture.record(a1).standing).toBe('barred');
    await fixture.close();
  });

  test('lifts no ejection that an answer had earned: a certificate, a trial of it that the outage failed, a busy server', async () => {
    const fixture = twoHosts();
    fixture.fail(a1, 'tls-certificate');
    const note = fixture.lists.automaticBan(a1)?.note;
    fixture.ailing.set(a1, 'refused');
    // Its back-off ends and its trial is refused; a moment later everything is.
    const { ejectedUntilMs } = fixture.record(a1);
    await fixture.clock.advance(ejectedUntilMs - fixture.clock.monotonicMs() + 10);
    expect(fixture.record(a1)).toMatchObject({ ejections: 2, charge: { failure: 'refused' } });
    fixture.fail(b1, 'busy', 3, 'b.test');
    fixture.fail(b2, 'refused', 3, 'b.test');
    for (const ip of [a2, a3]) {
      fixture.fail(ip, 'refused');
    }
    for (const ip of [b1, b3]) {
      fixture.fail(ip, 'refused', 1, 'b.test');
    }
    expect(fixture.ofKind('health.local-outage')).toHaveLength(1);
    expect(fixture.record(b2, 'b.test').standing).toBe('open');
    expect(fixture.record(b1, 'b.test')).toMatchObject({ standing: 'barred', charge: { failure: 'busy' } });
    expect(fixture.record(a1)).toMatchObject({
      standing: 'barred',
      ejections: 1,
      charge: { reason: 'permanent-failure', failure: 'tls-certificate' },
    });
    expect(fixture.lists.automaticBan(a1)?.note).toBe(note);
    expect(fixture.ofKind('health.trial-void')).toMatchObject([{ subject: a1 }]);

    fixture.ailing.delete(a1);
    fixture.succeed(a2);
    await fixture.clock.advance(60_000);
    expect(fixture.record(a1).standing).toBe('open');
    await fixture.close();
  });

  test('ends with the first answers, and from then on failures count again', async () => {
    const fixture = twoHosts();
    for (const ip of aIps) {
      fixture.fail(ip, 'unreachable');
    }
    for (const ip of bIps) {
      fixture.fail(ip, 'unreachable', 1, 'b.test');
    }
    await fixture.clock.advance(6_000);
    expect(fixture.keeper.localOutage).not.toBeNull();
    fixture.succeed(a1);
    expect(fixture.keeper.localOutage).toBeNull();
    expect(fixture.ofKind('health.local-outage-over')).toHaveLength(1);
    fixture.fail(a2, 'refused', 3);
    expect(fixture.record(a2).standing).toBe('barred');
    await fixture.close();
  });
});

describe('no outage of this machine is', () => {
  test("one host's own: its IPs are ejected up to the share", () => {
    const fixture = twoHosts();
    for (const ip of aIps) {
      fixture.fail(ip, 'refused', 3);
    }
    expect(fixture.ofKind('health.local-outage')).toEqual([]);
    expect(aIps.filter((ip) => fixture.record(ip).standing === 'barred')).toHaveLength(2);
  });

  test('half of the IPs, or failures that are further apart than 5 s', async () => {
    const fixture = twoHosts();
    for (const [ip, host] of [
      [a1, 'a.test'],
      [a2, 'a.test'],
      [b1, 'b.test'],
      [b2, 'b.test'],
    ] as const) {
      fixture.fail(ip, 'refused', 1, host);
    }
    await fixture.clock.advance(5_001);
    fixture.fail(a3);
    fixture.fail(b3, 'refused', 1, 'b.test');
    expect(fixture.ofKind('health.local-outage')).toEqual([]);
    await fixture.close();
  });

  test('two hosts down while as many IPs of a third answer', () => {
    const fixture = twoHosts().resolve('c.test', ips(8, 50));
    for (const ip of ips(8, 50)) {
      fixture.succeed(ip, 'c.test');
    }
    for (const ip of aIps) {
      fixture.fail(ip, 'refused');
    }
    for (const ip of bIps) {
      fixture.fail(ip, 'refused', 1, 'b.test');
    }
    expect(fixture.ofKind('health.local-outage')).toEqual([]);
  });

  test('a flood of answers, whatever they say', () => {
    const fixture = twoHosts();
    for (const ip of aIps) {
      fixture.fail(ip, 'blocked');
    }
    for (const ip of bIps) {
      fixture.fail(ip, 'busy', 3, 'b.test');
    }
    expect(fixture.ofKind('health.local-outage')).toEqual([]);
    expect([...aIps, ...bIps].filter((ip) => fixture.lists.automaticBan(ip))).toHaveLength(4);
  });
});

describe('where checks are rare', () => {
  test('five failures of each of two hosts speak for the IPs of which nothing was heard', () => {
    const fixture = new HealthFixture().resolve('a.test', ips(100)).resolve('b.test', ips(100, 200));
    for (const ip of ips(5)) {
      fixture.fail(ip, 'timeout-response');
    }
    for (const ip of ips(4, 200)) {
      fixture.fail(ip, 'timeout-response', 1, 'b.test');
    }
    expect(fixture.keeper.localOutage).toBeNull();
    fixture.fail(ips(5, 200).at(-1) ?? '', 'timeout-response', 1, 'b.test');
    expect(fixture.keeper.localOutage).not.toBeNull();
  });
});

describe('what this machine cannot do', () => {
  const local = (code: string): ClassifiedError => new ClassifiedError('local', code, `no more: ${code}`);

  test('is said once, shown while it lasts, and blames no IP', async () => {
    const fixture = twoHosts();
    for (let time = 0; time < 10; time += 1) {
      fixture.of(a1).failed(local('EMFILE'));
    }
    expect(fixture.ofKind('health.local-trouble')).toMatchObject([{ level: 'error', data: { code: 'EMFILE' } }]);
    expect(fixture.keeper.localOutage).toMatchObject({
      sinceMs: 0,
      reason: expect.stringMatching(/too many files open.*\(EMFILE\)/),
    });
    expect(fixture.record(a1)).toMatchObject({ consecutiveFailures: 0, standing: 'open' });
    await fixture.clock.advance(11_000);
    expect(fixture.keeper.localOutage).toBeNull();
    await fixture.clock.advance(60_000);
    fixture.of(a1).failed(local('EMFILE'));
    expect(fixture.ofKind('health.local-trouble')).toHaveLength(2);
    await fixture.close();
  });

  test('is no trouble when it only lacks IPv6, or when a limit of our own is full', () => {
    const fixture = twoHosts().resolve('c.test', ['2001:db8::1', ...cIps]);
    fixture.of('2001:db8::1', 'c.test').failed(local('ENETUNREACH'));
    fixture.of(a1).failed(local('LIMIT_FULL'));
    expect(fixture.keeper.localOutage).toBeNull();
    expect(fixture.ofKind('health.local-trouble')).toMatchObject([{ level: 'info', subject: '2001:db8::1' }]);
    fixture.of(a1).failed(local('ENETUNREACH'));
    expect(fixture.keeper.localOutage?.reason).toMatch(/no way into the network \(ENETUNREACH\)/);
  });
});
