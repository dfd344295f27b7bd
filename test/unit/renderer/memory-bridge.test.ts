import { describe, expect, it } from 'vitest';
import type { EventDataOf, EventKind } from '../../../core/contract/event-kinds.ts';
import { type StreamName, streams } from '../../../core/contract/index.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { makeScene, sceneNames } from '../../../renderer/bridge/memory/scenes.ts';
import { checkData } from '../../support/event-words.ts';

const settled = (): Promise<void> => Promise.resolve().then(() => Promise.resolve());

describe('the console in memory', () => {
  it('speaks the contract on every stream', async () => {
    const bridge = new MemoryBridge();
    const seen = new Map<StreamName, number>();
    for (const stream of Object.keys(streams) as StreamName[]) {
      bridge.subscribe(stream, () => seen.set(stream, (seen.get(stream) ?? 0) + 1));
    }
    await settled();
    bridge.run(25);
    expect([...seen.keys()].toSorted()).toEqual(Object.keys(streams).toSorted());
    expect(seen.get('connections')).toBeGreaterThan(10);
    expect(seen.get('statistics')).toBeGreaterThanOrEqual(3);
  });

  it('numbers the frames of a subscription without a gap', async () => {
    const bridge = new MemoryBridge();
    const numbers: number[] = [];
    bridge.subscribe('connections', (frame) => numbers.push(frame.seq));
    await settled();
    bridge.run(10);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it('warms up what was asked for', async () => {
    const bridge = new MemoryBridge({ failing: 0, maxConnections: 500 });
    const { runId } = await bridge.request('warmUp.start', { hosts: ['edge.demo.test'], connections: 12 });
    bridge.run(60);
    const run = bridge.warmUps.jobs.get(runId)?.run;
    expect(run).toMatchObject({ state: 'finished', total: 12, done: 12 });
  });

  it('closes what is blocked, as the preview said', async () => {
    const bridge = new MemoryBridge({ whitelisted: 0 });
    const add = [{ list: 'black', value: '127.0.1.0/24' }] as const;
    const preview = await bridge.request('access.preview', { add: [...add] });
    const { impact } = await bridge.request('access.apply', { add: [...add] });
    expect(preview).toMatchObject(impact);
    expect(impact.closesConnections).toBeGreaterThan(0);
    expect([...bridge.pool.rows.values()].some((row) => row.ip.startsWith('127.0.1.'))).toBe(false);
  });

  it('remembers events that say something in every language, and finds them', async () => {
    const now = 1_800_000_000_000;
    const bridge = new MemoryBridge({ failing: 0.3, now: () => now });
    const range = { fromMs: now - 86_400_000, toMs: now };
    const { events } = await bridge.request('history.events', { ...range, limit: 500 });
    expect(events.length).toBeGreaterThan(20);
    for (const { kind, data } of events) {
      checkData(kind as EventKind, data as EventDataOf<EventKind>);
    }
    const refused = await bridge.request('history.events', { ...range, text: '拒绝连接', limit: 500 });
    expect(new Set(refused.events.map(({ kind }) => kind))).toEqual(
      new Set(['connection.dial-failed', 'health.ejected']),
    );
    expect((await bridge.request('events.patterns', range)).counts.blacklisted).toBe(1);
  });

  it('refuses what does not fit the contract', async () => {
    const bridge = new MemoryBridge();
    await expect(bridge.request('connections.close', { ids: [] })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it.each(sceneNames)('has a scene %s', (name) => {
    expect(makeScene(name).link().phase).toBeDefined();
  });
});
