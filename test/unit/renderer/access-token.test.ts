import { describe, expect, it } from 'vitest';
import { keepToken, type TokenPlace, takeAccessToken, tokenIn } from '../../../renderer/bridge/access-token.ts';

function place(hash: string, stored: string | null = null) {
  const storage = new Map(stored === null ? [] : [['hotpool.token', stored]]);
  const urls: string[] = [];
  const window: TokenPlace = {
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_state, _title, url) => urls.push(url) },
    sessionStorage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) },
  };
  return { window, storage, urls };
}

describe('what somebody pastes on the page that has no key', () => {
  const token = 'iSOEbEf-y8urDovlrL5ixurzZRVn8Xt3rYkCjzI-pfE';

  it.each([
    `Hotpool Console ready at http://127.0.0.1:8931/#token=${token}`,
    `http://127.0.0.1:8931/#token=${token}&x=1`,
    `  ${token}\n`,
  ])('%j holds the key', (text) => {
    expect(tokenIn(text)).toBe(token);
  });

  it.each(['', 'http://127.0.0.1:8931/#/overview', 'Hotpool Console ready at', 'token'])('%j holds none', (text) => {
    expect(tokenIn(text)).toBeNull();
  });

  it('opens the view that the address names', () => {
    const { window, urls } = place('#/connections?at=2026-11-21T23:00:00Z');
    keepToken(window, token);
    expect(takeAccessToken(window)).toBe(token);
    expect(urls).toEqual([]);
  });
});

describe('takeAccessToken', () => {
  it('takes the token out of the visible address and keeps it for this tab', () => {
    const { window, storage, urls } = place('#token=abc_-1');
    expect(takeAccessToken(window)).toBe('abc_-1');
    expect(urls).toEqual(['/']);
    expect([...storage.values()]).toEqual(['abc_-1']);
  });

  it('finds it again after a reload, and leaves an address that names a view alone', () => {
    const { window, urls } = place('#/connections', 'kept');
    expect(takeAccessToken(window)).toBe('kept');
    expect(urls).toEqual([]);
  });

  it('lets a new token win over the kept one', () => {
    expect(takeAccessToken(place('#token=new', 'old').window)).toBe('new');
  });

  it('gives null where there is none, and does not keep an empty one', () => {
    expect(takeAccessToken(place('').window)).toBeNull();
    expect(takeAccessToken(place('#token=').window)).toBeNull();
  });
});
