/** How large the desktop's window shows the page. In a browser it is the browser's own, which no page can set. */
import type { DesktopBridge } from '../../core/contract/desktop-bridge.ts';
import { changePreferences, usePreferences } from './preferences.ts';

type Zooming = Pick<DesktopBridge, 'zoom' | 'setZoom'>;

/** Per cent. */
export const zoomSteps = [80, 90, 100, 110, 125, 150, 175, 200] as const;

/** Within the steps, whole per cent. */
export function nearestZoom(percent: number): number {
  return Math.min(zoomSteps[zoomSteps.length - 1] ?? 200, Math.max(zoomSteps[0], Math.round(percent)));
}

export function canZoom(): boolean {
  return typeof window === 'object' && window.hotpool !== undefined;
}

/** Zooms as the operator chose from now on; what is zoomed by the window's own menu is taken for a choice too. */
export function followZoom(page: Pick<Window, 'addEventListener'> & { readonly hotpool?: Zooming }): void {
  const { hotpool } = page;
  if (hotpool === undefined) {
    return;
  }
  const apply = (): void => {
    const factor = usePreferences.getState().zoom / 100;
    if (Math.abs(hotpool.zoom() - factor) > 0.005) {
      hotpool.setZoom(factor);
    }
  };
  apply();
  usePreferences.subscribe(apply);
  // The menu's zoom tells the page nothing but this.
  page.addEventListener('resize', () => {
    const zoom = nearestZoom(hotpool.zoom() * 100);
    if (zoom !== usePreferences.getState().zoom) {
      changePreferences({ zoom });
    }
    apply();
  });
}
