/** What was changed on the screen and not applied yet; it outlives a walk to another view. */
import { create } from 'zustand';
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

/** The file's text as it is edited, the one that it began from, and that one's revision. */
export interface TextDraft {
  readonly value: string;
  readonly base: string;
  readonly revision: string;
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
