import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../core/contract/errors.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/index.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { type ConsoleStores, createConsoleStores } from '../../../renderer/store/console-stores.ts';
import { setLanguage } from '../../../renderer/words/language.ts';
import { FakeVisibility } from '../renderer/fixtures.ts';

const minuteMs = 60_000;
const nowMs = 1_800_000_000_000;

/** Remembers what was asked of it, and can be made to fail or to wait. */
class WatchedBridge extends MemoryBridge {
  readonly moments: RequestInput<'history.moment'>[] = [];
  failure: Error | null = null;
  held: Promise<void> | null = null;
  /** How much time one of its samples spans. */
  stepMs = 1_000;

  override async request<Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
  ): Promise<RequestOutput<Name>> {
    if (name === 'history.moment') {
      this.moments.push(input as RequestInput<'history.moment'>);
      await this.held;
      if (this.failure) {
        throw this.failure;
      }
    }
    const output = await super.request(name, input);
    return name === 'history.samples' ? coarse(output, this.stepMs) : output;
  }
}

/** Samples that are of longer, as those of long ago. */
function coarse<Output>(output: Output, stepMs: number): Output {
  const { samples } = output as RequestOutput<'history.samples'>;
  return { ...output, stepMs, samples: samples.filter(({ atMs }) => atMs % stepMs === 0) };
}

let bridge: WatchedBridge;
let stores: ConsoleStores;

beforeEach(async () => {
  vi.useFakeTimers({ now: nowMs });
  bridge = new WatchedBridge({ now: Date.now });
  stores = createConsoleStores(bridge, new FakeVisibility());
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** The stores that the views are given. */
function shown(): ConsoleStores {
  return stores.timeMachine.stores()?.past ?? stores;
}

describe('the time machine', () => {
  it('shows the figures, the connections and the health of a moment, and its clock stands there', async () => {
    const atMs = nowMs - 70 * minuteMs;
    stores.timeMachine.goTo(atMs);
    const past = shown();
    expect(past).not.toBe(stores);
    past.connections.retain();
    past.health.retain();
    await settle();
    const moment = await bridge.request('history.moment', { atMs });
    expect(stores.timeMachine.current()).toMatchObject({ askedMs: atMs, shownMs: atMs, failure: null });
    expect(past.statistics.latest()).toEqual(moment.statistics);
    expect([...past.connections.rows()]).toEqual(moment.upserts);
    expect(past.health.hosts()).toEqual(moment.health.hosts);
    expect(past.clock.now()).toBe(atMs);
    const samples = past.statistics.samples();
    expect(samples.at(-1)?.atMs).toBe(atMs);
    expect(samples).toHaveLength(900);
  });

  it('lets the present go on behind it, and comes back to it at once', async () => {
    const before = stores.statistics.latest()?.atMs ?? 0;
    stores.timeMachine.goTo(nowMs - 5 * minuteMs);
    await settle();
    vi.setSystemTime(nowMs + 1_000);
    bridge.run(10);
    expect(stores.statistics.latest()?.atMs).toBeGreaterThan(before);
    stores.timeMachine.back();
    expect(stores.timeMachine.current()).toBeNull();
    expect(shown()).toBe(stores);
  });

  it('takes the present, and what has not come yet, for the way back', async () => {
    stores.timeMachine.goTo(nowMs - minuteMs);
    await settle();
    stores.timeMachine.goTo(nowMs + minuteMs);
    expect(stores.timeMachine.current()).toBeNull();
  });

  it('asks only for the last of the moments that were dragged over while an answer was on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    bridge.held = promise;
    for (const minutes of [50, 40, 30, 20]) {
      stores.timeMachine.goTo(nowMs - minutes * minuteMs);
    }
    resolve();
    await settle();
    expect(bridge.moments.map(({ atMs }) => (nowMs - atMs) / minuteMs)).toEqual([50, 20]);
    expect(stores.timeMachine.current()?.shownMs).toBe(nowMs - 20 * minuteMs);
  });

  it('drops an answer that comes when the present is shown again', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    bridge.held = promise;
    stores.timeMachine.goTo(nowMs - minuteMs);
    const past = shown();
    stores.timeMachine.back();
    resolve();
    await settle();
    expect(past.statistics.latest()).toBeNull();
    expect(stores.timeMachine.current()).toBeNull();
  });

  it('plays at its speed, asking only for what is another, and stands still when paused', async () => {
    stores.timeMachine.goTo(nowMs - 60 * minuteMs);
    await settle();
    stores.timeMachine.setSpeed(10);
    stores.timeMachine.play();
    const past = shown();
    past.connections.retain();
    await vi.advanceTimersByTimeAsync(3_000);
    const playedMs = nowMs - 60 * minuteMs + 30_000;
    expect(stores.timeMachine.current()).toMatchObject({ playing: true, shownMs: playedMs });
    expect(bridge.moments.slice(1).every(({ sinceMs }) => typeof sinceMs === 'number')).toBe(true);
    // Played together step by step it is what it is when it is asked for whole.
    const whole = await bridge.request('history.moment', { atMs: playedMs });
    const byId = (one: { id: number }, other: { id: number }): number => one.id - other.id;
    expect([...past.connections.rows()].sort(byId)).toEqual(whole.upserts.toSorted(byId));
    stores.timeMachine.pause();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stores.timeMachine.current()).toMatchObject({ playing: false, shownMs: playedMs });
  });

  it('plays where samples are of longer than its steps, and tells each of them once', async () => {
    bridge.stepMs = 10_000;
    stores.timeMachine.goTo(nowMs - 60 * minuteMs);
    await settle();
    stores.timeMachine.play();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(stores.timeMachine.current()).toMatchObject({ playing: true, failure: null });
    const times = shown()
      .statistics.samples()
      .map(({ atMs }) => atMs);
    expect(times.slice(-3)).toEqual([0, 10_000, 20_000].map((ms) => nowMs - 60 * minuteMs + ms));
    expect(new Set(times).size).toBe(times.length);
  });

  it('is in the present when it has played up to it, and says so', async () => {
    let told = 0;
    stores.timeMachine.caughtUp.subscribe(() => {
      told += 1;
    });
    stores.timeMachine.goTo(nowMs - minuteMs);
    await settle();
    stores.timeMachine.setSpeed(100);
    stores.timeMachine.play();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stores.timeMachine.current()).toBeNull();
    expect(told).toBe(1);
  });

  it('says why a moment cannot be shown, keeps the one before, and goes on when another is asked for', async () => {
    const atMs = nowMs - minuteMs;
    stores.timeMachine.goTo(atMs);
    await settle();
    bridge.failure = new ContractError('conflict', 'Nothing is remembered of that moment.');
    stores.timeMachine.goTo(nowMs - 40 * minuteMs);
    await settle();
    expect(stores.timeMachine.current()).toMatchObject({
      shownMs: atMs,
      // The slider, the address and the screen say one moment.
      askedMs: atMs,
      failedMs: nowMs - 40 * minuteMs,
      failure: 'Nothing is remembered of that moment.',
    });
    bridge.failure = null;
    stores.timeMachine.step(-1_000);
    await settle();
    expect(stores.timeMachine.current()).toMatchObject({ shownMs: atMs - 1_000, failure: null, failedMs: null });
  });

  it('says it in the language of the screen', async () => {
    setLanguage('zh');
    bridge.failure = new ContractError('disconnected', 'The engine cannot be reached.');
    stores.timeMachine.goTo(nowMs - minuteMs);
    await settle();
    expect(stores.timeMachine.current()?.failure).toContain('与引擎的连接中断');
    setLanguage('en');
  });

  it('asks again for what could not be shown, and for nothing that is shown', async () => {
    bridge.failure = new ContractError('disconnected', 'The engine cannot be reached.');
    stores.timeMachine.goTo(nowMs - minuteMs);
    await settle();
    expect(stores.timeMachine.current()).toMatchObject({ shownMs: null, failure: 'The engine cannot be reached.' });
    bridge.failure = null;
    stores.timeMachine.askAgain();
    await settle();
    expect(stores.timeMachine.current()).toMatchObject({ shownMs: nowMs - minuteMs, failure: null });
    const asked = bridge.moments.length;
    stores.timeMachine.askAgain();
    await settle();
    expect(bridge.moments.length).toBe(asked);
  });

  it('holds on to nothing of the past when it has been left', async () => {
    const visibility = new FakeVisibility();
    let listening = 0;
    const own = createConsoleStores(bridge, {
      visible: () => visibility.visible(),
      listen: (listener) => {
        listening += 1;
        return visibility.listen(listener);
      },
    });
    const before = listening;
    for (let times = 0; times < 3; times += 1) {
      own.timeMachine.goTo(nowMs - minuteMs);
      await settle();
      own.timeMachine.back();
    }
    expect(listening).toBe(before);
  });

  it('refuses every command while the past is shown, and answers questions', async () => {
    stores.timeMachine.goTo(nowMs - minuteMs);
    for (const time of Object.values(stores.timeMachine.stores() ?? {})) {
      await expect(time.bridge.request('health.checkAll', {})).rejects.toMatchObject({ code: 'refused' });
      await expect(time.bridge.request('history.status', {})).resolves.toMatchObject({ recording: true });
    }
  });
});
