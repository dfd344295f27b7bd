/** Thresholds and times that were typed and not applied yet; they outlive a walk to another view, and a reload of the tab. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { withoutSaved } from '../../base/field-value.ts';
import { tabStorage } from '../../store/tab-storage.ts';

export interface AlertDraft {
  /** By path, as typed in the units that are shown; null: back to the default. */
  readonly typed: Readonly<Record<string, string | null>>;
}

export const useAlertDraft = create<AlertDraft>()(
  persist((): AlertDraft => ({ typed: {} }), {
    name: 'hotpool.alert-draft',
    version: 1,
    storage: tabStorage<AlertDraft>('alerts'),
  }),
);

export function typeAlertKey(path: string, text: string): void {
  useAlertDraft.setState(({ typed }) => ({ typed: { ...typed, [path]: text } }));
}

export function discardAlertDraft(): void {
  useAlertDraft.setState({ typed: {} });
}

/** What was typed while these were being saved stays. */
export function alertKeysSaved(sent: AlertDraft['typed']): void {
  useAlertDraft.setState(({ typed }) => ({ typed: withoutSaved(typed, sent) }));
}
