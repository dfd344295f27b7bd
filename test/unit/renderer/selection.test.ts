import { describe, expect, it } from 'vitest';
import type { ConnectionGroup } from '../../../renderer/store/connection-lines.ts';
import { afterClick, afterKey, type Selection } from '../../../renderer/views/connections/selection.ts';

const ids = [10, 20, 30, 40, 50];
const nothing: Selection = { selected: new Set(), active: null, anchor: null };
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const chosen = (selection: Selection | null): number[] => [...(selection?.selected ?? [])];
const press = (before: Selection, key: string, modifiers: Partial<typeof plain> = {}): Selection | null =>
  afterKey(before, ids, { ...plain, ...modifiers, key }, 2);

describe('choosing lines', () => {
  it('by click, by Ctrl and by Shift', () => {
    const one = afterClick(nothing, ids, ids.indexOf(20), plain);
    expect(chosen(one)).toEqual([20]);
    const range = afterClick(one, ids, ids.indexOf(40), { ...plain, shiftKey: true });
    expect(chosen(range)).toEqual([20, 30, 40]);
    expect(chosen(afterClick(range, ids, ids.indexOf(10), { ...plain, shiftKey: true }))).toEqual([10, 20]);
    expect(chosen(afterClick(range, ids, ids.indexOf(30), { ...plain, ctrlKey: true }))).toEqual([20, 40]);
  });

  it('by arrows, pages and ends', () => {
    const first = press(nothing, 'ArrowDown');
    expect(first?.active).toBe(10);
    expect(press(nothing, 'ArrowUp')?.active).toBe(50);
    const at = afterClick(nothing, ids, ids.indexOf(20), plain);
    expect(press(at, 'ArrowUp')?.active).toBe(10);
    expect(press(at, 'PageDown')?.active).toBe(40);
    expect(press(at, 'PageUp')?.active).toBe(10);
    expect(press(at, 'End')?.active).toBe(50);
    expect(chosen(press(at, 'End', { shiftKey: true }))).toEqual([20, 30, 40, 50]);
  });

  it('all, none, one more', () => {
    const at = afterClick(nothing, ids, ids.indexOf(20), plain);
    expect(chosen(press(at, 'a', { ctrlKey: true }))).toEqual(ids);
    expect(chosen(press(at, 'Escape'))).toEqual([]);
    expect(chosen(press(at, ' '))).toEqual([]);
  });

  it('leaves other keys alone, and an empty table too', () => {
    expect(press(nothing, 'x')).toBeNull();
    expect(afterKey(nothing, [], { ...plain, key: 'ArrowDown' }, 2)).toBeNull();
  });

  it('begins anew where the anchor has gone', () => {
    const lost: Selection = { selected: new Set([99]), active: 99, anchor: 99 };
    expect(chosen(afterClick(lost, ids, ids.indexOf(30), { ...plain, shiftKey: true }))).toEqual([30]);
  });
});

describe('choosing lines of groups', () => {
  const group = (name: string, members: readonly number[], collapsed = false): ConnectionGroup => ({
    key: `host ${name}`,
    name,
    ids: members,
    states: [],
    collapsed,
  });
  const lines = [group('edge', [1, 2]), 1, 2, group('api', [3, 4], true), group('tiles', [5]), 5];

  it('takes all of its connections, folded or not', () => {
    const one = afterClick(nothing, lines, 0, plain);
    expect(chosen(one)).toEqual([1, 2]);
    expect(chosen(afterClick(one, lines, 3, { ...plain, ctrlKey: true }))).toEqual([1, 2, 3, 4]);
    expect(chosen(afterKey({ ...one, active: 'host api' }, lines, { ...plain, key: ' ' }, 2))).toEqual([1, 2, 3, 4]);
    expect(chosen(afterKey(one, lines, { ...plain, key: ' ' }, 2))).toEqual([]);
  });

  it('takes of a range the rows within it, and groups that are folded whole', () => {
    const from = afterClick(nothing, lines, 2, plain);
    expect(chosen(afterClick(from, lines, 4, { ...plain, shiftKey: true }))).toEqual([2, 3, 4]);
    expect(chosen(press({ ...from, active: 'host api' }, 'a', { ctrlKey: true }))).toEqual(ids);
  });

  it('walks over them like over any line', () => {
    const next = afterKey({ ...nothing, active: 2 }, lines, { ...plain, key: 'ArrowDown' }, 2);
    expect(next).toMatchObject({ active: 'host api', selected: new Set([3, 4]) });
  });
});
