import { afterEach, describe, expect, it, vi } from 'vitest';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { guardDrafts, tabStorage } from '../../../renderer/store/tab-storage.ts';

/** A tab's storage that may be full. */
function storage(room = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => items.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > room) {
        throw new DOMException('full', 'QuotaExceededError');
      }
      items.set(key, value);
    },
  };
}

function draftOf(name: string, most: number) {
  return createStore<{ lines: string[] }>()(
    persist(() => ({ lines: [] as string[] }), {
      name,
      version: 1,
      storage: tabStorage<{ lines: string[] }>(name, ({ lines }) => lines.length > most),
    }),
  );
}

/** Whether the page asks before it is left. */
function asks(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  const page = new EventTarget();
  guardDrafts(page as Pick<Window, 'addEventListener'>);
  page.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('a draft of a tab', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is there again after a reload', () => {
    vi.stubGlobal('sessionStorage', storage());
    draftOf('a', 3).setState({ lines: ['one', 'two'] });
    expect(draftOf('a', 3).getState().lines).toEqual(['one', 'two']);
    expect(asks()).toBe(false);
  });

  it('that is too large is not written down: the page asks until it is smaller, and an older one does not come back', () => {
    const tab = storage();
    vi.stubGlobal('sessionStorage', tab);
    const draft = draftOf('b', 1);
    draft.setState({ lines: ['one'] });
    draft.setState({ lines: ['one', 'two'] });
    expect(tab.items.size).toBe(0);
    expect(asks()).toBe(true);
    draft.setState({ lines: [] });
    expect(asks()).toBe(false);
  });

  it('for which there is no room makes the page ask as well', () => {
    vi.stubGlobal('sessionStorage', storage(60));
    const draft = draftOf('c', 100);
    draft.setState({ lines: ['x'.repeat(100)] });
    expect(asks()).toBe(true);
    draft.setState({ lines: [] });
    expect(asks()).toBe(false);
  });
});
