/** What was changed on the screen and not applied yet; it outlives a walk to another view. */
import { create } from 'zustand';

export interface SettingsDraft {
  readonly tab: 'form' | 'hosts' | 'text' | 'display';
  readonly search: string;
  /** By path, as typed; null: back to the default. */
  readonly typed: Readonly<Record<string, string | null>>;
  /** The file's text as it is edited, and the revision that it began from; null: not touched. */
  readonly text: { readonly value: string; readonly revision: string } | null;
}

export const useSettingsDraft = create<SettingsDraft>()(() => ({ tab: 'form', search: '', typed: {}, text: null }));

/** A key of the configuration is asked for by its path, the display by its name. */
export const displayPart = 'display';

export function changeSettings(change: Partial<SettingsDraft>): void {
  useSettingsDraft.setState(change);
}

export function typeValue(path: string, text: string | null): void {
  useSettingsDraft.setState(({ typed }) => ({ typed: { ...typed, [path]: text } }));
}
