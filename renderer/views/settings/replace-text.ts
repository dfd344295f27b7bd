import { type Said, tell } from '../../parts/toast/toasts.tsx';
import { changeSettings, type TextDraft, useSettingsDraft } from '../../store/settings-draft.ts';
import { words } from './words.ts';

/** Another text in place of the draft; `told` says which. What was there comes back by the message's own Undo. */
export function replaceText(next: TextDraft | null, told: Said): void {
  const { typed, text } = useSettingsDraft.getState();
  changeSettings({ typed: {}, text: next });
  if (text !== null || Object.keys(typed).length > 0) {
    tell('info', told, undefined, { label: () => words.text.back, run: () => changeSettings({ typed, text }) });
  }
}
