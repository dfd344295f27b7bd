/**
 * What was changed on the screen and not applied yet. Of a file it is one draft: its text, with what is typed in the form
 * on top of it. It outlives a walk to another view, and a reload of the tab.
 */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { withoutSaved } from '../base/field-value.ts';
import { tabStorage } from './tab-storage.ts';

/** By path, as typed; null: back to the default. */
export type TypedValues = Readonly<Record<string, string | null>>;

interface Draft {
  readonly typed: TypedValues;
  /** null: not touched. */
  readonly text: TextDraft | null;
}

export interface SettingsDraft extends Draft {
  readonly tab: 'form' | 'hosts' | 'text' | 'display';
  readonly search: string;
}

/** The file's text as it is edited, and the one that it began from. */
export interface TextDraft {
  readonly value: string;
  readonly base: string;
  /** Of the file that `base` was saved over: until the file is read anew, what is known of it is older than `base`. */
  readonly savedOver: string | null;
}

const untouched: Draft = { typed: {}, text: null };

export const useSettingsDraft = create<SettingsDraft>()(
  persist((): SettingsDraft => ({ tab: 'form', search: '', ...untouched }), {
    name: 'hotpool.settings-draft',
    version: 1,
    storage: tabStorage<Draft>('settings'),
    partialize: ({ typed, text }): Draft => ({ typed, text }),
  }),
);

/** The text says something else than the one that it began from. */
export function isTextChanged({ text }: Pick<SettingsDraft, 'text'>): boolean {
  return text !== null && text.value !== text.base;
}

export function changeSettings(change: Partial<SettingsDraft>): void {
  useSettingsDraft.setState(change);
}

export function typeValue(path: string, text: string | null): void {
  useSettingsDraft.setState(({ typed }) => ({ typed: { ...typed, [path]: text } }));
}

/** The text as it was edited; what was typed in the form is in it already. */
export function typeText(text: TextDraft): void {
  changeSettings({ typed: {}, text });
}

/** What was typed while the values were being saved stays. */
export function valuesSaved(sent: TypedValues): void {
  useSettingsDraft.setState(({ typed }) => ({ typed: withoutSaved(typed, sent) }));
}

/** The draft goes on from what was saved; what was typed meanwhile, in the form or in the text, stays in it. */
export function textSaved(sent: Draft, saved: string, savedOver: string): void {
  useSettingsDraft.setState(({ typed, text }) => ({
    typed: withoutSaved(typed, sent.typed),
    text: { value: text === null || text === sent.text ? saved : text.value, base: saved, savedOver },
  }));
}

/** The file has been read; what was saved over an earlier revision of it is in it now. */
export function textRead(revision: string): void {
  const { text } = useSettingsDraft.getState();
  if (text !== null && text.savedOver !== null && text.savedOver !== revision) {
    changeSettings({ text: text.value === text.base ? null : { ...text, savedOver: null } });
  }
}
