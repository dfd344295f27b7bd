/** What is read of a list stays where it is while others come above it. */
import { useLayoutEffect, useRef } from 'react';

/** Lines are found again by their keys. At the top the newest comes into sight. */
export function useSteadyScroll(
  lines: readonly { readonly key: string }[],
  scroll: { readonly current: HTMLElement | null },
  rowHeight: number,
): void {
  const anchor = useRef<{ readonly key: string; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) {
      return;
    }
    const held = anchor.current;
    if (held && lines[held.index]?.key !== held.key) {
      const index = lines.findIndex(({ key }) => key === held.key);
      if (index >= 0) {
        element.scrollTop += (index - held.index) * rowHeight;
      }
    }
    const remember = (): void => {
      const index = Math.floor(element.scrollTop / rowHeight);
      const line = lines[index];
      anchor.current = element.scrollTop > 0 && line ? { key: line.key, index } : null;
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [lines, scroll, rowHeight]);
}
