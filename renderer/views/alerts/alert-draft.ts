/** Thresholds and times that were typed and not applied yet; they outlive a walk to another view. */
import { create } from 'zustand';

export interface AlertDraft {
  /** By path, as typed; null: back to the default. */
  readonly typed: Readonly<Record<string, string | null>>;
}

export const useAlertDraft = create<AlertDraft>()(() => ({ typed: {} }));

export function typeAlertKey(path: string, text: string): void {
  useAlertDraft.setState(({ typed }) => ({ typed: { ...typed, [path]: text } }));
}

export function discardAlertDraft(): void {
  useAlertDraft.setState({ typed: {} });
}
