/**
 * Keys of the editor. Tab is left alone, so that the keyboard gets out of it as of any field, and so is Ctrl or Cmd with
 * Enter, which applies what is written.
 */
import { closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap } from '@codemirror/commands';
import { lintKeymap } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import type { KeyBinding } from '@codemirror/view';

export const editorKeys: readonly KeyBinding[] = [
  ...closeBracketsKeymap,
  ...completionKeymap,
  ...lintKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
];
