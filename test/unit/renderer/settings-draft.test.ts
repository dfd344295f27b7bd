import { beforeEach, describe, expect, it } from 'vitest';
import { lineChanges } from '../../../renderer/config-edit/line-changes.ts';
import {
  changeSettings,
  isTextChanged,
  textRead,
  textSaved,
  typeText,
  typeValue,
  useSettingsDraft,
} from '../../../renderer/store/settings-draft.ts';

const draft = () => {
  const { typed, text } = useSettingsDraft.getState();
  return { typed, text };
};

beforeEach(() => changeSettings({ typed: {}, text: null }));

describe('the draft of the file', () => {
  it('has a changed text from the first letter that is another to the last that is saved', () => {
    const isChanged = () => isTextChanged(useSettingsDraft.getState());
    expect(isChanged()).toBe(false);
    typeText({ value: 'a = 2', base: 'a = 1', savedOver: null });
    expect(isChanged()).toBe(true);
    textSaved(draft(), 'a = 2', '1');
    expect(isChanged()).toBe(false);
  });

  it('has what was typed in the form on top, until the text itself is edited: it is in it then', () => {
    typeValue('pool.max_connections', '60');
    expect(draft()).toEqual({ typed: { 'pool.max_connections': '60' }, text: null });
    typeText({ value: 'max_connections = 60\n#', base: 'max_connections = 40\n', savedOver: null });
    expect(draft().typed).toEqual({});
  });

  it('is the file’s again when it was saved and read', () => {
    typeValue('pool.max_connections', '60');
    textSaved(draft(), 'saved', 'r1');
    expect(draft()).toEqual({ typed: {}, text: { value: 'saved', base: 'saved', savedOver: 'r1' } });
    textRead('r1');
    expect(draft().text, 'the file is read as it was before').not.toBeNull();
    textRead('r2');
    expect(draft().text).toBeNull();
  });

  it('keeps what was typed while it was being saved, in the form and in the text', () => {
    typeValue('pool.max_connections', '60');
    const sent = draft();
    typeValue('pool.max_connections', '61');
    typeValue('pool.idle_timeout', '90');
    textSaved(sent, 'saved', 'r1');
    expect(draft().typed).toEqual({ 'pool.max_connections': '61', 'pool.idle_timeout': '90' });

    typeText({ value: 'one', base: 'file', savedOver: null });
    const other = draft();
    typeText({ value: 'one and more', base: 'file', savedOver: null });
    textSaved(other, 'one', 'r2');
    expect(draft().text).toEqual({ value: 'one and more', base: 'one', savedOver: 'r2' });
    textRead('r3');
    expect(draft().text).toEqual({ value: 'one and more', base: 'one', savedOver: null });
  });
});

describe('the file line by line', () => {
  it('is what goes and what comes, at the place where it stood', () => {
    expect(lineChanges('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n')).toEqual([
      { line: 2, removed: ['b'], added: ['B'] },
      { line: 5, removed: [], added: ['e'] },
    ]);
    expect(lineChanges('a\n', 'a\n')).toEqual([]);
  });
});
