/**
 * The key to a headless console. It comes in the address's fragment, which browsers never send; it moves to the tab's
 * session storage and leaves the visible address at once.
 */
const storageKey = 'hotpool.token';

/** The parts of `window` this needs, so that a test can stand in for it. */
export interface TokenPlace {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(state: unknown, title: string, url: string): void };
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

export function hashHoldsToken(hash: string): boolean {
  return new URLSearchParams(hash.replace(/^#/, '')).has('token');
}

/** In what somebody pasted: the address, the console's whole line, or the token alone; null where there is none. */
export function tokenIn(text: string): string | null {
  return /(?:[#&?]token=|^)([\w-]{16,})(?=$|[\s&])/.exec(text.trim())?.[1] ?? null;
}

/** For this tab, from its next load on. */
export function keepToken({ sessionStorage }: Pick<TokenPlace, 'sessionStorage'>, token: string): void {
  sessionStorage.setItem(storageKey, token);
}

/** Whether this tab has one, right or wrong. */
export function hasToken({ sessionStorage }: Pick<TokenPlace, 'sessionStorage'>): boolean {
  return sessionStorage.getItem(storageKey) !== null;
}

/** The token, or null where neither the address nor this tab's storage has one. */
export function takeAccessToken(place: TokenPlace): string | null {
  if (hashHoldsToken(place.location.hash)) {
    const token = new URLSearchParams(place.location.hash.slice(1)).get('token') ?? '';
    place.history.replaceState(null, '', `${place.location.pathname}${place.location.search}`);
    if (token !== '') {
      place.sessionStorage.setItem(storageKey, token);
    }
  }
  return place.sessionStorage.getItem(storageKey);
}
