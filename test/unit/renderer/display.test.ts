import { afterEach, describe, expect, it } from 'vitest';
import { changePreferences, usePreferences } from '../../../renderer/store/preferences.ts';
import { followZoom } from '../../../renderer/store/zoom.ts';
import { resolveTheme } from '../../../renderer/styles/theme.ts';

const usual = { light: false, moreContrast: false, forced: false };

describe('the theme', () => {
  it('is the chosen one, whatever the system is', () => {
    expect(resolveTheme('dark', { ...usual, light: true, moreContrast: true })).toEqual({
      theme: 'dark',
      contrast: 'usual',
    });
  });

  it('goes with the system where that was chosen, in contrast too', () => {
    expect(resolveTheme('system', { ...usual, light: true })).toEqual({ theme: 'light', contrast: 'usual' });
    expect(resolveTheme('system', { ...usual, moreContrast: true })).toEqual({ theme: 'dark', contrast: 'more' });
  });

  it('of high contrast is dark or light as the system is', () => {
    expect(resolveTheme('contrast', usual)).toEqual({ theme: 'dark', contrast: 'more' });
    expect(resolveTheme('contrast', { ...usual, light: true })).toEqual({ theme: 'light', contrast: 'more' });
  });

  it('must go with colours that the system forces', () => {
    expect(resolveTheme('dark', { ...usual, light: true, forced: true })).toEqual({ theme: 'light', contrast: 'more' });
  });
});

describe('the zoom of the desktop', () => {
  afterEach(() => changePreferences({ zoom: 100 }));

  function desktop(factor = 1) {
    const page = {
      factor,
      listeners: [] as (() => void)[],
      addEventListener: (_type: string, listener: unknown) => void page.listeners.push(listener as () => void),
      hotpool: {
        zoom: () => page.factor,
        setZoom: (next: number) => {
          page.factor = next;
          page.listeners.forEach((listener) => {
            listener();
          });
        },
      },
    };
    return page;
  }

  it('is the chosen one from the start on, and at once when another is chosen', () => {
    changePreferences({ zoom: 150 });
    const page = desktop();
    followZoom(page);
    expect(page.factor).toBe(1.5);
    changePreferences({ zoom: 80 });
    expect(page.factor).toBe(0.8);
  });

  it('by the window’s menu counts as chosen, within the range', () => {
    const page = desktop();
    followZoom(page);
    page.hotpool.setZoom(1.2 ** 1.5);
    expect(usePreferences.getState().zoom).toBe(131);
    expect(page.factor).toBeCloseTo(1.31, 2);
    page.hotpool.setZoom(5);
    expect([usePreferences.getState().zoom, page.factor]).toEqual([200, 2]);
  });

  it('is left to a browser', () => {
    expect(() => followZoom({ addEventListener: () => undefined })).not.toThrow();
  });
});
