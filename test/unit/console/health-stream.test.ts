import { describe, expect, test } from 'vitest';
import { LiveHealth } from '../../../core/console/health-stream.ts';
import { StreamPump } from '../../../core/console/stream-pump.ts';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import { type HealthFrame, healthFrameSchema } from '../../../core/contract/health.ts';
import { localOutageText } from '../../../core/contract/local-trouble-text.ts';
import { HealthPictures } from '../../../core/health/health-picture.ts';
import { HealthFixture, ips } from '../../support/health-fixture.ts';

const [one = '', two = '', three = ''] = ips(4);

function watched(): { fixture: HealthFixture; pictures: HealthPictures; frames: HealthFrame[]; stop: () => void } {
  const fixture = new HealthFixture().resolve('a.test', ips(4));
  const pictures = new HealthPictures(fixture.keeper, fixture.lists, fixture.clock);
  const pump = new StreamPump(fixture.clock, new LiveHealth(fixture.clock, pictures));
  const frames: HealthFrame[] = [];
  pump.subscribe((frame) => frames.push(healthFrameSchema.parse(frame)));
  return { fixture, pictures, frames, stop: () => pump.close() };
}

describe('the stream', () => {
  test('begins with a complete picture, and then sends only what is different, at most once a second', async () => {
    const { fixture, frames, stop } = watched();
    await fixture.clock.advance(100);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ reset: true, hosts: [{ host: 'a.test', ips: 4, available: 4, mayEject: 2 }] });
    expect(frames[0]?.upserts).toHaveLength(4);
    await fixture.clock.advance(10_000);
    expect(frames).toHaveLength(1);
    fixture.fail(one, 'blocked');
    fixture.fail(two, 'refused');
    await fixture.clock.advance(1_000);
    expect(frames).toHaveLength(2);
    expect(frames[1]).toMatchObject({ reset: false, removes: [], hosts: [{ ejected: 1, available: 3 }] });
    expect(frames[1]?.upserts.map(({ ip, state, consecutiveFailures }) => [ip, state, consecutiveFailures])).toEqual([
      [one, 'ejected', 1],
      [two, 'unknown', 1],
    ]);
    stop();
    await fixture.close();
    expect(fixture.clock.timers).toBe(0);
  });

  test('tells of an outage of this machine', async () => {
    const { fixture, pictures, frames, stop } = watched();
    fixture.resolve('b.test', ips(4, 11));
    for (const ip of ips(4)) {
      fixture.fail(ip, 'timeout-tcp');
    }
    for (const ip of ips(4, 11)) {
      fixture.fail(ip, 'timeout-tcp', 1, 'b.test');
    }
    await fixture.clock.advance(1_100);
    const outage = frames.at(-1)?.localOutage;
    expect(outage).toEqual({
      sinceMs: fixture.clock.epochMs() - 1_100,
      reason: 'more than half of all IPs of several hosts fail at once',
      code: 'many-hosts-fail',
    });
    expect(outage && localOutageText(outage, 'zh')).toBe('多台主机有超过一半的 IP 同时失败');
    expect(pictures.picture().localOutage).toEqual(outage);
    stop();
    await fixture.close();
  });
});

describe('a picture', () => {
  test('shows each state of an IP, and when it is probed next', async () => {
    const { fixture, pictures, stop } = watched();
    const states = (): string[] => pictures.picture('a.test').ips.map(({ state }) => state);
    expect(states()).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    fixture.succeed(two);
    fixture.fail(one, 'blocked');
    await fixture.lists.apply(accessChangeSchema.parse({ add: [{ list: 'black', value: three }] }));
    expect(states()).toEqual(['ejected', 'allowed', 'blocked', 'unknown']);
    const [ejected] = pictures.picture().ips;
    expect(ejected).toMatchObject({
      reason: 'permanent-failure',
      ejections: 1,
      lastError: { class: 'blocked', atMs: fixture.clock.epochMs() },
    });
    expect(ejected?.nextProbeAtMs).toBe(ejected?.ejectedUntilMs);
    const leftMs = (ejected?.ejectedUntilMs ?? 0) - fixture.clock.epochMs();
    expect(ejected?.ejectedForMs).toBeCloseTo(leftMs, 3);
    expect(pictures.picture().hosts).toMatchObject([{ available: 2, blocked: 1, ejected: 1, mayEject: 1 }]);
    fixture.ailing.set(one, 'hang');
    await fixture.clock.advance(40_000);
    expect(states()[0]).toBe('probing');
    stop();
    await fixture.close();
  });

  test('has the success share of a minute and the latency', async () => {
    const { fixture, pictures, stop } = watched();
    const read = () => pictures.picture('a.test').ips[0];
    expect(read()).toMatchObject({ asked: 0, successShare: null, latencyMs: null });
    for (const end of ['good', 'good', 'good', 'bad'] as const) {
      fixture
        .of(one)
        .requested({ end, status: end === 'good' ? 200 : 500, responseMs: 40, error: null, retryAfterMs: null });
    }
    expect(read()).toMatchObject({ asked: 4, successShare: 0.75, latencyMs: 40 });
    await fixture.clock.advance(61_000);
    expect(read()).toMatchObject({ asked: 0, successShare: null, latencyMs: 40 });
    stop();
    await fixture.close();
  });

  test('of a host that the pool does not know is refused', () => {
    const { pictures } = watched();
    expect(() => pictures.picture('nowhere.test')).toThrow('nowhere.test');
    expect(() => pictures.picture('not a host')).toThrow();
  });
});
