import { describe, expect, it, vi } from 'vitest';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { EngineClock } from '../../../renderer/store/engine-clock.ts';
import { SessionStore } from '../../../renderer/store/session-store.ts';
import { StatisticsStore } from '../../../renderer/store/statistics-store.ts';

async function watched() {
  const bridge = new MemoryBridge({ connections: 0 });
  const statistics = new StatisticsStore(bridge, new EngineClock());
  const session = new SessionStore(bridge, statistics);
  const figures = await bridge.request('statistics.get', {});
  const asked = vi.spyOn(bridge, 'request');
  /** Figures of one host that has so many IPs. */
  const frame = (ips: number): void => {
    const hosts = figures.hosts.slice(0, 1).map((host) => ({ ...host, ips }));
    statistics.apply({ statistics: { ...figures, hosts }, samples: [] });
  };
  const questions = (): number => asked.mock.calls.filter(([name]) => name === 'session.describe').length;
  return { bridge, session, frame, questions };
}

describe('SessionStore', () => {
  it('asks again when a host has other IPs than before, and not while they stay', async () => {
    const { session, frame, questions } = await watched();
    frame(0);
    const before = questions();
    frame(0);
    expect(questions()).toBe(before);
    frame(12);
    expect(questions()).toBe(before + 1);
    await vi.waitFor(() => expect(session.current()?.hosts).toHaveLength(3));
  });

  it('asks again when the link comes back', async () => {
    const { bridge, questions } = await watched();
    bridge.setLink({ phase: 'lost' });
    expect(questions()).toBe(0);
    bridge.retryNow();
    expect(questions()).toBe(1);
  });
});
