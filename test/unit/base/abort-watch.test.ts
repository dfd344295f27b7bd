import { describe, expect, it } from 'vitest';
import { onAbort } from '../../../core/base/abort-watch.ts';

describe('watching a signal', () => {
  it('tells every watcher once, in their order, with one listener on the signal', () => {
    const abort = new AbortController();
    let listeners = 0;
    const { signal } = abort;
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    const told: number[] = [];
    for (let index = 0; index < 100; index += 1) {
      onAbort(signal, () => told.push(index));
    }
    abort.abort();
    abort.abort();
    expect(told).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(listeners).toBe(1);
  });

  it('tells nobody who has stopped, not even while it tells the others', () => {
    const abort = new AbortController();
    const told: string[] = [];
    const stops: (() => void)[] = [];
    const both = (): void => {
      told.push('both');
    };
    const stopBoth = onAbort(abort.signal, both);
    onAbort(abort.signal, both);
    onAbort(abort.signal, () => stops.map((stop) => stop()));
    stops.push(onAbort(abort.signal, () => told.push('stopped by another')));
    stopBoth();
    abort.abort();
    expect(told).toEqual(['both']);
  });
});
