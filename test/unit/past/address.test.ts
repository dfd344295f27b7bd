import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { type ConsoleStores, createConsoleStores } from '../../../renderer/store/console-stores.ts';
import { type AddressPlace, followAddress } from '../../../renderer/store/past/follow-address.ts';
import { momentOf, partOf, viewOf, withMoment } from '../../../renderer/store/view-route.ts';
import { FakeVisibility } from '../renderer/fixtures.ts';

const nowMs = Date.UTC(2026, 0, 31, 15);
const atMs = Date.UTC(2026, 0, 31, 14, 9, 31);
const at = '?at=2026-01-31T14:09:31Z';

class FakePlace implements AddressPlace {
  hash = '';
  readonly #listeners = new Set<() => void>();
  readonly location: { readonly hash: string };
  readonly history = {
    replaceState: (_state: unknown, _title: string, url: string): void => {
      this.hash = url;
    },
  };

  constructor(hash: string) {
    this.hash = hash;
    const place = this;
    this.location = {
      get hash() {
        return place.hash;
      },
    };
  }

  addEventListener(_kind: 'hashchange', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_kind: 'hashchange', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  go(hash: string): void {
    this.hash = hash;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

describe('an address with a moment', () => {
  it('names its view and its part as without it', () => {
    expect(viewOf(`#/alerts/7${at}`)).toBe('alerts');
    expect(partOf(`#/alerts/7${at}`)).toBe('7');
    expect(momentOf(`#/alerts/7${at}`)).toBe(atMs);
    expect(momentOf('#/alerts/7')).toBeNull();
    expect(momentOf('#/health?at=yesterday')).toBeNull();
    expect(withMoment('#/alerts/7', atMs + 400)).toBe(`#/alerts/7${at}`);
    expect(withMoment(`#/alerts/7${at}`, null)).toBe('#/alerts/7');
    expect(withMoment('', atMs)).toBe(`#/overview${at}`);
  });
});

describe('the address of the page', () => {
  let stores: ConsoleStores;

  beforeEach(async () => {
    vi.useFakeTimers({ now: nowMs });
    stores = createConsoleStores(new MemoryBridge({ now: Date.now }), new FakeVisibility());
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('opens the moment that it has, and is another with each moment and view', async () => {
    const place = new FakePlace(`#/health${at}`);
    const end = followAddress(stores.timeMachine, place);
    expect(stores.timeMachine.current()?.askedMs).toBe(atMs);
    place.go('#/connections');
    expect(place.hash, 'the time goes along to another view').toBe(`#/connections${at}`);
    stores.timeMachine.goTo(atMs + 60_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(place.hash).toBe('#/connections?at=2026-01-31T14:10:31Z');
    place.go(`#/connections${at}`);
    expect(stores.timeMachine.current()?.askedMs).toBe(atMs);
    stores.timeMachine.back();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(place.hash).toBe('#/connections');
    end();
  });

  it('is left alone in the present', async () => {
    const place = new FakePlace('');
    followAddress(stores.timeMachine, place);
    stores.timeMachine.setSpeed(5);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(place.hash).toBe('');
  });
});
