import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../renderer/actions/action.ts';
import { bindAction, isRebound, keysOf, resetBindings } from '../../../renderer/actions/bindings.ts';
import { checkAll, cleanUpUnhealthy } from '../../../renderer/actions/health-actions.ts';
import { ariaKeys, keyLabel } from '../../../renderer/actions/key-names.ts';
import { holdersOf, type Press, pressOf, refusalOf } from '../../../renderer/actions/key-rules.ts';
import { globalActions } from '../../../renderer/actions/registry.ts';
import { openWarmUp } from '../../../renderer/actions/warm-up-actions.ts';
import { usePreferences } from '../../../renderer/store/preferences.ts';

afterEach(() => resetBindings(null));

const bindings = () => usePreferences.getState().bindings;

describe('keys on the screen', () => {
  it.each([
    ['$mod+k', 'Ctrl K', '⌘K'],
    ['$mod+Shift+p', 'Ctrl Shift P', '⌘⇧P'],
    ['[Shift]+?', '?', '?'],
    ['g o', 'G O', 'G O'],
    [',', ',', ','],
    ['Alt+KeyA', 'Alt A', '⌥A'],
    ['$mod++', 'Ctrl +', '⌘+'],
    ['$mod+ArrowUp', 'Ctrl ↑', '⌘↑'],
    ['F2', 'F2', 'F2'],
  ])('%s is %s here and %s on a Mac', (keys, here, mac) => {
    expect(keyLabel(keys, 'other')).toBe(here);
    expect(keyLabel(keys, 'mac')).toBe(mac);
  });

  it('are told to a screen reader as the standard has it', () => {
    expect(ariaKeys('$mod+k', 'other')).toBe('Control+k');
    expect(ariaKeys('$mod+k', 'mac')).toBe('Meta+k');
    expect(ariaKeys('g o', 'other')).toBeUndefined();
  });
});

function press(key: string, change: Partial<Press> = {}): Press {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change };
}

describe('a press', () => {
  it.each([
    [press('b'), 'b'],
    [press('B', { shiftKey: true }), 'Shift+b'],
    [press('?', { shiftKey: true }), '[Shift]+?'],
    [press('b', { ctrlKey: true }), '$mod+b'],
    [press('å', { altKey: true, code: 'KeyA' }), 'Alt+KeyA'],
    [press('F2', { shiftKey: true }), 'Shift+F2'],
    [press(' '), 'Space'],
    [press('Control', { ctrlKey: true }), null],
    [press('Process'), null],
  ])('%j is written %j', (event, keys) => {
    expect(pressOf(event, 'other')).toBe(keys);
  });

  it('with the command key of a Mac is what Ctrl is elsewhere', () => {
    expect(pressOf(press('b', { metaKey: true }), 'mac')).toBe('$mod+b');
    expect(pressOf(press('b', { ctrlKey: true }), 'mac')).toBe('Control+b');
  });
});

describe('keys that no action may have', () => {
  it.each([
    '$mod+t',
    '$mod+w',
    '$mod+Shift+n',
    '$mod+c',
    '$mod+0',
    '$mod+-',
    '$mod+[Shift]++',
    'F5',
    'Alt+ArrowLeft',
    'g $mod+w',
  ])('%s: the browser’s', (keys) => expect(refusalOf(keys)).toBe('browser'));

  it.each(['Tab', 'Shift+Tab', 'Enter', 'Space', 'ArrowDown', 'Shift+ArrowDown', 'F6', 'g Enter'])(
    '%s: the page’s',
    (keys) => expect(refusalOf(keys)).toBe('page'),
  );

  it.each(['b', 'g o', '$mod+k', '$mod+b', 'Shift+f', '[Shift]+?', '/', '$mod+ArrowUp', 'F2', 'Alt+KeyA'])(
    'not %s',
    (keys) => expect(refusalOf(keys)).toBeNull(),
  );
});

describe('who has keys already', () => {
  const ids = (keys: string, action: Action = checkAll): string[] =>
    holdersOf(keys, action, globalActions, bindings()).map(({ id }) => id);

  it('is whoever has the same, or the beginning of them, or longer ones that begin so', () => {
    expect(ids('w')).toEqual(['warm-up.open']);
    expect(ids('w o')).toEqual(['warm-up.open']);
    expect(ids('x')).toEqual([]);
    bindAction(cleanUpUnhealthy, 'g o');
    expect(ids('g')).toEqual(['health.clean-up']);
    expect(ids('g o')).toEqual(['health.clean-up']);
    expect(ids('g p')).toEqual([]);
    expect(ids('go')).toEqual([]);
  });

  it('is not the action itself', () => {
    expect(ids('w', openWarmUp)).toEqual([]);
  });
});

describe('keys of the operator’s own', () => {
  it('take the place of those an action comes with, until they are reset', () => {
    bindAction(openWarmUp, '$mod+b');
    expect(keysOf(openWarmUp)).toBe('$mod+b');
    expect(isRebound(openWarmUp, bindings())).toBe(true);
    bindAction(openWarmUp, null);
    expect(keysOf(openWarmUp)).toBeNull();
    resetBindings(openWarmUp);
    expect(keysOf(openWarmUp)).toBe('w');
    expect(isRebound(openWarmUp, bindings())).toBe(false);
  });

  it('are none of its own when those it came with are put back', () => {
    bindAction(openWarmUp, null);
    bindAction(openWarmUp, 'w');
    expect(bindings()).toEqual({});
  });

  it('are taken from those that had them', () => {
    bindAction(checkAll, 'w', [openWarmUp]);
    expect([keysOf(checkAll), keysOf(openWarmUp)]).toEqual(['w', null]);
    resetBindings(null);
    expect([keysOf(checkAll), keysOf(openWarmUp)]).toEqual([null, 'w']);
  });
});

it('keys of the platform are no others’, nor can they become so', () => {
  const held = globalActions.flatMap(({ platformKeys }) => platformKeys ?? []);
  expect(new Set(held).size).toBe(held.length);
  expect(held.map(refusalOf)).toEqual(held.map(() => 'page'));
});

it('no two actions come with the same keys, and none with keys that it may not have', () => {
  for (const action of globalActions) {
    if (action.keys !== null) {
      expect(refusalOf(action.keys), action.id).toBeNull();
      expect(holdersOf(action.keys, action, globalActions, {}), action.id).toEqual([]);
    }
  }
});
