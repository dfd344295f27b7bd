/** Lists of thousands of lines, of which only those in sight exist. All lines of a list are of one height, which is a token. */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect } from 'react';
import { usePreferences } from '../store/preferences.ts';
import { token } from '../styles/theme.ts';

/** Pixels, by the density of the moment. */
function useRowHeight(name: '--row' | '--row-strip'): number {
  usePreferences(({ density }) => density);
  return Number.parseFloat(token(name));
}

export interface VirtualRows {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly rowHeight: number;
  /** Lines that a page up or down goes on by. */
  readonly page: () => number;
}

export interface VirtualRowsOptions {
  readonly count: number;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly height: '--row' | '--row-strip';
  /** Drawn beyond what is in sight, on both sides. */
  readonly overscan: number;
  /** What covers the first lines, in pixels. */
  readonly headHeight?: number;
  /** Must be the same function while the lines are the same: with a new one every line is measured anew. */
  readonly getItemKey?: (index: number) => string | number;
}

export function useVirtualRows(options: VirtualRowsOptions): VirtualRows {
  const { count, scrollRef, height, overscan, headHeight = 0, getItemKey } = options;
  const rowHeight = useRowHeight(height);
  const estimateSize = useCallback(() => rowHeight, [rowHeight]);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize,
    overscan,
    scrollPaddingStart: headHeight,
    useFlushSync: false,
    ...(getItemKey === undefined ? {} : { getItemKey }),
  });
  // The virtualizer remembers heights until it is told that they are others.
  useLayoutEffect(() => {
    if (rowHeight > 0) {
      virtualizer.measure();
    }
  }, [virtualizer, rowHeight]);
  return {
    virtualizer,
    rowHeight,
    page: () => Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / rowHeight) - 2),
  };
}
