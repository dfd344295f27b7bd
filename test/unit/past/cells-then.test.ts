/** Cell by cell of a warm-up of the past. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RememberedCell, RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/index.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { type ConsoleStores, createConsoleStores } from '../../../renderer/store/console-stores.ts';
import { cellOf, runOf } from '../../support/warm-up-fixtures.ts';
import { FakeVisibility } from '../renderer/fixtures.ts';

const nowMs = 1_800_000_000_000;
const atMs = nowMs - 60_000;

/** Two runs that ended an hour ago: of 2,500 connections, and of 2. */
class RememberingBridge extends MemoryBridge {
  readonly asked: RequestInput<'history.warmUpCells'>[] = [];
  /** The first run's answers wait for it. */
  held: Promise<void> | null = null;

  override async request<Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
  ): Promise<RequestOutput<Name>> {
    const output: unknown = await this.#answer(name, input as RequestInput<'history.warmUpCells'>);
    return (output ?? (await super.request(name, input))) as RequestOutput<Name>;
  }

  async #answer(name: RequestName, wish: RequestInput<'history.warmUpCells'>): Promise<unknown> {
    if (name === 'history.warmUps') {
      return { warmUps: [ended(2, 2), ended(1, 2_500)], cursor: null };
    }
    if (name !== 'history.warmUpCells') {
      return null;
    }
    this.asked.push(wish);
    await (wish.key === 10 ? this.held : null);
    const total = wish.key === 10 ? 2_500 : 2;
    const { offset = 0, limit = 1_000 } = wish;
    const cells = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, place): RememberedCell => {
      return {
        ...cellOf({ index: offset + place, ip: `${wish.key}.0.0.1`, state: 'ready', connectionId: 7 }),
        port: 443,
      };
    });
    return { cells };
  }
}

function ended(id: number, total: number): RememberedWarmUp {
  const times = { startedAtMs: nowMs - 3_600_000, endedAtMs: nowMs - 3_599_000 };
  const run = runOf({ id, ...times, state: 'finished', outcome: 'ok', total, done: total, ready: total });
  return { key: id * 10, engineStartedAtMs: 0, toldAtMs: nowMs, run };
}

let bridge: RememberingBridge;
let stores: ConsoleStores;
let past: ConsoleStores;

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function tell(id: number): Promise<boolean> {
  return stores.timeMachine.tellCells({ id, startedAtMs: nowMs - 3_600_000 });
}

beforeEach(async () => {
  vi.useFakeTimers({ now: nowMs });
  bridge = new RememberingBridge({ now: Date.now });
  stores = createConsoleStores(bridge, new FakeVisibility());
  await settle();
  stores.timeMachine.goTo(atMs);
  past = stores.timeMachine.stores()?.past ?? stores;
  past.warmUp.retain();
  await settle();
});

afterEach(() => {
  vi.useRealTimers();
});

it('is told of the run that is looked at, whole, and stays at the next moment', async () => {
  expect(past.warmUp.runs().map(({ id }) => id)).toEqual([2, 1]);
  expect(past.warmUp.cells(1)).toEqual([]);
  expect(await tell(1)).toBe(true);
  expect(bridge.asked.map(({ key, offset }) => [key, offset])).toEqual([
    [10, 0],
    [10, 2_000],
  ]);
  stores.timeMachine.goTo(atMs + 1_000);
  await settle();
  expect(past.warmUp.cells(1)).toHaveLength(2_500);
  expect(past.warmUp.cells(1)[2_499]).toMatchObject({ state: 'ready', ip: '10.0.0.1', connectionId: null });
  await tell(1);
  expect(bridge.asked, 'it is known').toHaveLength(2);
});

it('is told again after a look at a moment before the run', async () => {
  await tell(1);
  stores.timeMachine.goTo(nowMs - 3_700_000);
  await settle();
  expect([past.warmUp.runs(), past.warmUp.cells(1)]).toEqual([[], []]);
  stores.timeMachine.goTo(atMs);
  await settle();
  expect(past.warmUp.runs().map(({ id }) => id)).toEqual([2, 1]);
  expect(await tell(1)).toBe(true);
  expect(past.warmUp.cells(1)).toHaveLength(2_500);
});

it('is kept of one run at a time, the one that was asked for last', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  bridge.held = promise;
  const first = tell(1);
  await tell(2);
  resolve();
  await first;
  expect([past.warmUp.cells(1).length, past.warmUp.cells(2).length]).toEqual([0, 2]);
  await tell(1);
  expect([past.warmUp.cells(1).length, past.warmUp.cells(2).length]).toEqual([2_500, 0]);
});

it('is not there for a run that the history does not have, nor in the present', async () => {
  expect(await tell(3)).toBe(false);
  stores.timeMachine.back();
  expect(await tell(1)).toBe(false);
});
