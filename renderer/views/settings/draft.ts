/** What was changed on the screen and not applied yet; it outlives a walk to another view. */
import { create } from 'zustand';
import { withoutSaved } from '../../config-edit/field-value.ts';
import { type Said, tell } from '../../parts/toast/toasts.tsx';
import { words } from './words.ts';

export interface SettingsDraft {
  readonly tab: 'form' | 'hosts' | 'text' | 'display';
  readonly search: string;
  /** By path, as typed; null: back to the default. */
  readonly typed: Readonly<Record<string, string | null>>;
  /** null: not touched. */
  readonly text: TextDraft | null;
}

/** The file's text as it is edited, and the one that it began from. */
export interface TextDraft {
  readonly value: string;
  readonly base: string;
  /** Of the file that `base` was saved over: until the file is read anew, what is known of it is older than `base`. */
  readonly savedOver: string | null;
}

export const useSettingsDraft = create<SettingsDraft>()(() => ({ tab: 'form', search: '', typed: {}, text: null }));

export function changeSettings(change: Partial<SettingsDraft>): void {
  useSettingsDraft.setState(change);
}

/** Another text in place of the draft's; `told` says which. What was typed comes back by the message's own Undo. */
export function replaceText(next: TextDraft | null, told: Said): void {
  const { text } = useSettingsDraft.getState();
  changeSettings({ text: next });
  if (text !== null) {
    tell('info', told, undefined, { label: () => words.text.back, run: () => changeSettings({ text }) });
  }
}

export function typeValue(path: string, text: string | null): void {
  useSettingsDraft.setState(({ typed }) => ({ typed: { ...typed, [path]: text } }));
}

/** What was typed while the values were being saved stays. */
export function valuesSaved(sent: SettingsDraft['typed']): void {
  useSettingsDraft.setState(({ typed }) => ({ typed: withoutSaved(typed, sent) }));
}

/** The draft goes on from what was saved; what was typed meanwhile stays in it. */
export function textSaved(saved: string, savedOver: string): void {
  useSettingsDraft.setState(({ text }) => ({ text: { value: text?.value ?? saved, base: saved, savedOver } }));
}

/** The file has been read; what was saved over an earlier revision of it is in it now. */
export function textRead(revision: string): void {
  const { text } = useSettingsDraft.getState();
  if (text !== null && text.savedOver !== null && text.savedOver !== revision) {
    changeSettings({ text: text.value === text.base ? null : { ...text, savedOver: null } });
  }
}
