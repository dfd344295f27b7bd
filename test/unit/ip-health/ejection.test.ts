import { describe, expect, test } from 'vitest';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import { errorClasses } from '../../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { errorTraits } from '../../../core/dial/error-table.ts';
import { trialMs } from '../../../core/health/ejector.ts';
import { error, HealthFixture, ips } from '../../support/health-fixture.ts';

const [one = '', two = '', three = '', four = ''] = ips(4);
const hourMs = 3_600_000;

function hostOf(count: number, change = {}): HealthFixture {
  return new HealthFixture(change).resolve('a.test', ips(count));
}

describe('failures in a row', () => {
  test('eject an IP at the third, and a success in between begins the count anew', () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'refused', 2);
    fixture.succeed(one);
    fixture.fail(one, 'refused', 2);
    expect(fixture.of(one).standing).toBe('open');
    fixture.fail(one, 'timeout-tcp');
    expect(fixture.of(one).standing).toBe('barred');
    expect(fixture.lists.verdict(one)).toMatchObject({ allowed: false, rule: { origin: 'automatic' } });
    expect(fixture.ofKind('health.ejected')).toHaveLength(1);
  });

  test('tell of the last of them the deadline that ended its dial, and none where none did', () => {
    const fixture = hostOf(4);
    fixture.of(one).failed(new ClassifiedError('timeout-tcp', 'ETIMEDOUT', 'late', { withinMs: 400 }));
    expect(fixture.record(one)?.lastError).toMatchObject({ class: 'timeout-tcp', withinMs: 400 });
    fixture.fail(one, 'refused');
    expect(fixture.record(one)?.lastError).not.toHaveProperty('withinMs');
  });

  test('are as many as unhealthy_after says, from the moment it says so', () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'refused', 2);
    fixture.configure({ health: { unhealthyAfter: 5 } });
    fixture.fail(one, 'refused', 2);
    expect(fixture.of(one).standing).toBe('open');
    fixture.fail(one);
    expect(fixture.of(one).standing).toBe('barred');
  });

  test('a PING that comes back neither breaks the row nor whitens the IP', () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'busy', 2);
    fixture.of(one).succeeded('ping', 1);
    fixture.fail(one, 'busy');
    expect(fixture.of(one).standing).toBe('barred');
    fixture.of(two).succeeded('ping', 1);
    expect(fixture.lists.verdict(two).list).toBeNull();
  });

  test('of one host leave the same IP of another host, and another port, in use', () => {
    const fixture = hostOf(4).resolve('b.test', ips(4));
    fixture.fail(one, 'refused', 3);
    expect(fixture.of(one, 'a.test').standing).toBe('barred');
    expect(fixture.of(one, 'b.test').standing).toBe('open');
    expect(fixture.of(one, 'a.test:8443').standing).toBe('open');
  });
});

describe('a failure of class', () => {
  test.each(errorClasses)('%s does what the table says', (errorClass) => {
    const fixture = hostOf(4);
    const { scope, follows } = errorTraits[errorClass];
    fixture.fail(one, errorClass);
    expect(fixture.of(one).standing).toBe(follows.includes('list') ? 'barred' : 'open');
    fixture.fail(two, errorClass, 3);
    expect(fixture.of(two).standing).toBe(follows.includes('list') || follows.includes('eject') ? 'barred' : 'open');
    if (scope === 'local') {
      expect(fixture.record(two)).toMatchObject({ consecutiveFailures: 0, lastError: null });
    }
  });
});

describe('the length of an ejection', () => {
  test('is 30 s, doubled each time, ± 10 %, at most an hour; the ban outlasts it by the time of a trial', async () => {
    const fixture = hostOf(2, { pool: { blacklistCheckIntervalMs: 2 * hourMs } });
    fixture.ailing.set(one, 'blocked');
    fixture.fail(one, 'blocked');
    const lengthsMs: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const { ejectedUntilMs } = fixture.record(one);
      const lengthMs = ejectedUntilMs - fixture.clock.monotonicMs();
      lengthsMs.push(lengthMs);
      const expiresAtMs = fixture.lists.automaticBan(one)?.expiresAtMs ?? Number.NaN;
      expect(Math.abs(expiresAtMs - fixture.clock.epochMs() - lengthMs - trialMs)).toBeLessThanOrEqual(1);
      await fixture.clock.advance(lengthMs);
    }
    for (const [round, lengthMs] of lengthsMs.entries()) {
      const planMs = 30_000 * 2 ** round;
      expect(lengthMs).toBeGreaterThanOrEqual(Math.min(planMs * 0.9, hourMs) - 1);
      expect(lengthMs).toBeLessThanOrEqual(Math.min(planMs * 1.1, hourMs) + 1);
    }
    expect(lengthsMs.at(-1)).toBe(hourMs);
    await fixture.close();
  });

  test('is cut short by a lower eject_max at once', async () => {
    const fixture = hostOf(4, { health: { ejectBaseMs: 600_000 } });
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(10_000);
    fixture.configure({ health: { ejectMaxMs: 60_000 } });
    expect(fixture.record(one)).toMatchObject({ ejectedUntilMs: 60_000, nextProbeMs: 60_000 });
    await fixture.clock.advance(52_000);
    expect(fixture.record(one).phase).toBe('in-use');
    await fixture.close();
  });

  test('is never shorter than what a busy server asked for', () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'busy', 2);
    fixture.of(one).failed(error('busy', 120_000, '503'));
    expect(fixture.record(one).ejectedUntilMs).toBe(120_000);
  });

  test('begins anew when the IP was well for as long as it was away', async () => {
    const fixture = hostOf(2);
    const away = async (): Promise<number> => {
      fixture.fail(one, 'refused', 3);
      const lengthMs = fixture.record(one).lastEjectionMs;
      await fixture.clock.advance(lengthMs + 5_000);
      expect(fixture.record(one).phase).toBe('in-use');
      return lengthMs;
    };
    expect(await away()).toBeLessThan(33_001);
    expect(await away()).toBeGreaterThan(50_000);
    expect(await away()).toBeGreaterThan(100_000);
    await fixture.clock.advance(140_000);
    expect(await away()).toBeLessThan(33_001);
    await fixture.close();
  });
});

describe('the maximum share', () => {
  test.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
    [100, 50],
  ])('of %i IPs lets %i be ejected when every one answers 403, and says that the host blocks us', (count, most) => {
    const fixture = hostOf(count);
    for (const ip of ips(count)) {
      fixture.fail(ip, 'blocked');
    }
    const barred = ips(count).filter((ip) => fixture.of(ip).standing === 'barred');
    expect(barred).toHaveLength(most);
    expect(fixture.lists.blacklistCount).toBe(most);
    expect(fixture.ofKind('health.host-blocks-us')).toMatchObject([{ level: 'error', subject: 'a.test' }]);
    const [host] = fixture.keeper.hosts;
    expect(host?.blocksUs).toBe(true);
    const spared = ips(count).find((ip) => fixture.of(ip).standing === 'open') ?? '';
    fixture.succeed(spared);
    expect(host?.blocksUs).toBe(false);
    expect(fixture.ofKind('health.host-unblocks-us')).toHaveLength(1);
  });

  test('has the IPs that it holds in use looked at as well: nobody may come to ask them', async () => {
    const fixture = hostOf(2);
    for (const ip of ips(2)) {
      fixture.ailing.set(ip, 'blocked');
      fixture.fail(ip, 'blocked');
    }
    const [host] = fixture.keeper.hosts;
    expect(host?.blocksUs).toBe(true);
    const held = ips(2).find((ip) => fixture.of(ip).standing === 'open') ?? '';
    await fixture.clock.advance(100_000);
    const looks = fixture.probes.filter(({ ip }) => ip === held).map(({ atMs }) => atMs);
    expect(looks.length).toBeGreaterThanOrEqual(3);
    expect(host?.blocksUs).toBe(true);
    fixture.ailing.clear();
    await fixture.clock.advance(60_000);
    expect(fixture.record(held)).toMatchObject({ heldFor: null, nextProbeMs: null, phase: 'in-use' });
    expect(host?.blocksUs).toBe(false);
    const ofHeld = (): number => fixture.probes.filter(({ ip }) => ip === held).length;
    const probes = ofHeld();
    await fixture.clock.advance(hourMs);
    expect(ofHeld()).toBe(probes);
    await fixture.close();
  });

  test('no longer means that the host blocks us when one of its IPs is well again', async () => {
    const fixture = hostOf(2);
    fixture.ailing.set(two, 'blocked');
    for (const ip of ips(2)) {
      fixture.fail(ip, 'blocked');
    }
    expect(fixture.of(one).standing).toBe('barred');
    const [host] = fixture.keeper.hosts;
    expect(host?.blocksUs).toBe(true);
    await fixture.clock.advance(40_000);
    expect(fixture.of(one).standing).toBe('open');
    expect(host?.blocksUs).toBe(false);
    expect(fixture.ofKind('health.host-unblocks-us')).toHaveLength(1);
    await fixture.close();
  });

  test('ejects who it held in use as soon as another has come back', async () => {
    const fixture = hostOf(2);
    fixture.ailing.set(two, 'blocked');
    for (const ip of ips(2)) {
      fixture.fail(ip, 'blocked');
    }
    const recovers = (): boolean => fixture.of(one).standing === 'open';
    while (!recovers()) {
      await fixture.clock.advance(100);
    }
    await fixture.clock.advance(0);
    expect(fixture.of(two).standing).toBe('barred');
    await fixture.close();
  });

  test('does not look at an IP about which a person has decided', async () => {
    const fixture = hostOf(1);
    fixture.fail(one, 'blocked');
    await fixture.lists.apply(accessChangeSchema.parse({ add: [{ list: 'black', value: one }] }));
    await fixture.clock.advance(hourMs);
    expect(fixture.probes).toEqual([]);
    await fixture.close();
  });

  test('counts only IPs that no person blocks', async () => {
    const fixture = hostOf(4);
    await fixture.lists.apply(
      accessChangeSchema.parse({ add: [three, four].map((value) => ({ list: 'black', value })) }),
    );
    for (const ip of ips(4)) {
      fixture.fail(ip, 'blocked');
    }
    expect(ips(4).filter((ip) => fixture.of(ip).standing === 'barred')).toEqual([one]);
  });

  test('holds when addresses leave and when it is lowered: who would be back first is let go', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(1_000);
    fixture.fail(two, 'blocked');
    fixture.resolve('a.test', [one, two, three]);
    expect([one, two].map((ip) => fixture.of(ip).standing).sort()).toEqual(['barred', 'open']);
    fixture.configure({ health: { maxEjectedShare: 0.2 } });
    expect([one, two].map((ip) => fixture.of(ip).standing)).toEqual(['open', 'open']);
    expect(fixture.lists.blacklistCount).toBe(0);
  });

  test('when it is full is said once, until there is room again', async () => {
    const fixture = hostOf(2);
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked', 5);
    expect(fixture.ofKind('health.share-full')).toHaveLength(1);
    expect(fixture.record(two).heldFor).toBe('blocked');
    fixture.succeed(two);
    expect(fixture.record(two).heldFor).toBeNull();
    await fixture.close();
  });
});

describe('panic', () => {
  const change = { health: { maxEjectedShare: 1, panicShare: 0.5 } };

  test('ignores ejections with fewer than half available, and ends when enough are back', async () => {
    const fixture = hostOf(4, change);
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked');
    expect(fixture.of(one).standing).toBe('barred');
    for (const ip of [one, two, three]) {
      fixture.ailing.set(ip, 'blocked');
    }
    fixture.fail(three, 'blocked');
    expect(ips(4).map((ip) => fixture.of(ip).standing)).toEqual(['open', 'open', 'open', 'open']);
    expect(fixture.ofKind('health.panic')).toHaveLength(1);
    fixture.ailing.clear();
    await fixture.clock.advance(40_000);
    expect(fixture.ofKind('health.panic-over')).toHaveLength(1);
    expect(ips(4).map((ip) => fixture.of(ip).standing)).toEqual(['open', 'open', 'open', 'open']);
    expect(fixture.lists.whitelistMoves).toBe(3);
    await fixture.close();
  });

  test('is off at panic_share 0', () => {
    const fixture = hostOf(2, { health: { maxEjectedShare: 1, panicShare: 0 } });
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked');
    expect([one, two].map((ip) => fixture.of(ip).standing)).toEqual(['barred', 'barred']);
  });
});

describe("a person's rule", () => {
  test('keeps the automaton away: an IP that the operator allows is never ejected, and one ejected before is released', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    await fixture.lists.apply(accessChangeSchema.parse({ add: [one, two].map((value) => ({ list: 'white', value })) }));
    expect(fixture.of(one).standing).toBe('open');
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked', 5);
    expect([one, two].map((ip) => fixture.of(ip).standing)).toEqual(['open', 'open']);
    await fixture.clock.advance(hourMs);
    expect(fixture.probes).toEqual([]);
    await fixture.close();
  });

  test('that bans is never probed', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    await fixture.lists.apply(accessChangeSchema.parse({ add: [{ list: 'black', value: one }] }));
    await fixture.clock.advance(hourMs);
    expect(fixture.probes).toEqual([]);
    expect(fixture.lists.verdict(one).rule?.origin).toBe('operator');
    await fixture.close();
  });

  test('lifts an automatic ban by removing its entry, and its next ejection is a first one', async () => {
    const fixture = hostOf(4);
    fixture.ailing.set(one, 'blocked');
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(40_000);
    expect(fixture.record(one).ejections).toBe(2);
    await fixture.lists.apply(
      accessChangeSchema.parse({ remove: [{ list: 'black', value: one, origin: 'automatic' }] }),
    );
    expect(fixture.of(one).standing).toBe('open');
    fixture.fail(one, 'blocked');
    expect(fixture.record(one)).toMatchObject({ ejections: 1 });
    await fixture.close();
  });
});

describe('a ban of an earlier run', () => {
  test('is taken over when its host is resolved, and probed when it ends', async () => {
    const fixture = new HealthFixture();
    fixture.lists.ban(one, 'a.test: blocked: 403', fixture.clock.epochMs() + trialMs + 20_000);
    fixture.resolve('a.test', ips(4));
    expect(fixture.record(one)).toMatchObject({ standing: 'barred', charge: { reason: 'stored-ban' } });
    await fixture.clock.advance(25_000);
    expect(fixture.probes.map(({ ip, atMs }) => [ip, atMs])[0]).toEqual([one, 20_000]);
    expect(fixture.record(one).standing).toBe('open');
    expect(fixture.lists.verdict(one).list).toBe('white');
    expect(fixture.lists.whitelistMoves).toBe(1);
    await fixture.close();
  });

  test('holds for the host that earned it alone', async () => {
    const fixture = new HealthFixture();
    fixture.lists.ban(one, 'a.test: blocked: 403', fixture.clock.epochMs() + trialMs + 20_000, ['a.test']);
    fixture.resolve('b.test', ips(4)).resolve('a.test', ips(4));
    expect(fixture.record(one, 'b.test').standing).toBe('open');
    expect(fixture.record(one, 'a.test')).toMatchObject({ standing: 'barred', charge: { reason: 'stored-ban' } });
    await fixture.close();
  });

  test('gives way to the maximum share', () => {
    const fixture = new HealthFixture();
    fixture.lists.ban(one, 'a.test: blocked: 403', fixture.clock.epochMs() + 20_000);
    fixture.resolve('a.test', [one]);
    expect(fixture.of(one).standing).toBe('open');
  });
});

describe('an IP that several hosts share', () => {
  test('has one entry, which names those for whom it is out of use, and goes with the last of them', async () => {
    const fixture = hostOf(4).resolve('b.test', ips(4));
    fixture.fail(one, 'blocked');
    await fixture.clock.advance(2_000);
    fixture.fail(one, 'auth', 1, 'b.test');
    expect(fixture.lists.automaticBan(one)?.hosts.toSorted()).toEqual(['a.test', 'b.test']);
    fixture.keeper.retire('b.test');
    expect(fixture.lists.automaticBan(one)).toMatchObject({ hosts: ['a.test'], note: 'a.test: blocked: TEST' });
    await fixture.clock.advance(60_000);
    expect(fixture.record(one).standing).toBe('open');
    expect(fixture.lists.automaticBan(one)).toBeNull();
    await fixture.close();
  });
});

describe('a host that is not watched any more', () => {
  test('is neither shown nor probed, and nothing is held against its IPs until it is watched again', async () => {
    const fixture = hostOf(4);
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'blocked');
    fixture.fail(three, 'blocked');
    fixture.keeper.retire('a.test');
    expect([...fixture.keeper.hosts]).toEqual([]);
    expect([...fixture.keeper.records]).toEqual([]);
    expect(fixture.lists.blacklistCount).toBe(0);
    fixture.fail(one, 'blocked');
    expect(fixture.of(one).standing).toBe('open');
    await fixture.clock.advance(hourMs);
    expect(fixture.probes).toEqual([]);
    fixture.resolve('a.test', ips(4));
    expect([...fixture.keeper.records]).toHaveLength(4);
    fixture.fail(one, 'blocked');
    expect(fixture.of(one).standing).toBe('barred');
    await fixture.close();
  });
});
