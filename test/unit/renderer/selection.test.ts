import { describe, expect, it } from 'vitest';
import { afterClick, afterKey, type Selection } from '../../../renderer/views/connections/selection.ts';

const ids = [10, 20, 30, 40, 50];
const nothing: Selection = { selected: new Set(), activeId: null, anchorId: null };
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const chosen = (selection: Selection | null): number[] => [...(selection?.selected ?? [])];
const press = (before: Selection, key: string, modifiers: Partial<typeof plain> = {}): Selection | null =>
  afterKey(before, ids, { ...plain, ...modifiers, key }, 2);

describe('choosing lines', () => {
  it('by click, by Ctrl and by Shift', () => {
    const one = afterClick(nothing, ids, 20, plain);
    expect(chosen(one)).toEqual([20]);
    const range = afterClick(one, ids, 40, { ...plain, shiftKey: true });
    expect(chosen(range)).toEqual([20, 30, 40]);
    expect(chosen(afterClick(range, ids, 10, { ...plain, shiftKey: true }))).toEqual([10, 20]);
    expect(chosen(afterClick(range, ids, 30, { ...plain, ctrlKey: true }))).toEqual([20, 40]);
  });

  it('by arrows, pages and ends', () => {
    const first = press(nothing, 'ArrowDown');
    expect(first?.activeId).toBe(10);
    expect(press(nothing, 'ArrowUp')?.activeId).toBe(50);
    const at = afterClick(nothing, ids, 20, plain);
    expect(press(at, 'ArrowUp')?.activeId).toBe(10);
    expect(press(at, 'PageDown')?.activeId).toBe(40);
    expect(press(at, 'PageUp')?.activeId).toBe(10);
    expect(press(at, 'End')?.activeId).toBe(50);
    expect(chosen(press(at, 'End', { shiftKey: true }))).toEqual([20, 30, 40, 50]);
  });

  it('all, none, one more', () => {
    const at = afterClick(nothing, ids, 20, plain);
    expect(chosen(press(at, 'a', { ctrlKey: true }))).toEqual(ids);
    expect(chosen(press(at, 'Escape'))).toEqual([]);
    expect(chosen(press(at, ' '))).toEqual([]);
  });

  it('leaves other keys alone, and an empty table too', () => {
    expect(press(nothing, 'x')).toBeNull();
    expect(afterKey(nothing, [], { ...plain, key: 'ArrowDown' }, 2)).toBeNull();
  });

  it('begins anew where the anchor has gone', () => {
    const lost: Selection = { selected: new Set([99]), activeId: 99, anchorId: 99 };
    expect(chosen(afterClick(lost, ids, 30, { ...plain, shiftKey: true }))).toEqual([30]);
  });
});
