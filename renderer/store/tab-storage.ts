/** What outlives a reload of its tab: drafts, and what is on its way to the engine. One that is too large to be kept makes the page ask before it is left. */
import { createJSONStorage, type PersistStorage } from 'zustand/middleware';

/** Names of drafts that a reload would lose. */
const unkept = new Set<string>();

/**
 * `undefined` where there is no page, in tests: nothing is kept then. `isTooLarge`: of what is not even written down, for that
 * would hold the page up at each change.
 */
export function tabStorage<Kept>(
  name: string,
  isTooLarge: (kept: Kept) => boolean = () => false,
): PersistStorage<Kept> | undefined {
  const storage = keptAsJson<Kept>(name);
  return (
    storage && {
      ...storage,
      setItem: (key, value) => {
        if (isTooLarge(value.state)) {
          storage.removeItem(key);
          unkept.add(name);
        } else {
          storage.setItem(key, value);
        }
      },
    }
  );
}

function keptAsJson<Kept>(name: string): PersistStorage<Kept> | undefined {
  return createJSONStorage<Kept>(() => {
    const storage = sessionStorage;
    return {
      getItem: (key) => storage.getItem(key),
      removeItem: (key) => storage.removeItem(key),
      setItem: (key, value) => {
        try {
          storage.setItem(key, value);
          unkept.delete(name);
        } catch {
          // The browser's room for it is used up. An older draft in its place would be worse than none.
          storage.removeItem(key);
          unkept.add(name);
        }
      },
    };
  });
}

/** Asks before the page is left while something on it would be lost. */
export function guardDrafts(page: Pick<Window, 'addEventListener'>): void {
  page.addEventListener('beforeunload', (event) => {
    if (unkept.size > 0) {
      event.preventDefault();
    }
  });
}

/** Something small that has to outlive a reload; null: it is not there. */
export function readTab<Kept>(name: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** null: it goes. Where there is no room for it, a reload forgets it. */
export function writeTab(name: string, kept: unknown): void {
  try {
    if (kept === null) {
      sessionStorage.removeItem(name);
    } else {
      sessionStorage.setItem(name, JSON.stringify(kept));
    }
  } catch {
    // Nothing else can be done about it, and nothing but this depends on it.
  }
}
