/** One line of the palette: something that can be done, or somewhere to go. */
import type { LucideIcon } from 'lucide-react';

/** In the order in which they stand while nothing is typed. */
export const entryKinds = [
  'here',
  'alert',
  'view',
  'action',
  'host',
  'display',
  'ip',
  'connection',
  'setting',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface PaletteEntry {
  /** Stable, so that what was chosen lately can be remembered. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly label: string;
  readonly hint: string;
  /** What it can be found by beside its label and hint: its names in the other language. */
  readonly terms: readonly string[];
  readonly icon: LucideIcon;
  /** As tinykeys writes it; null when there is none. */
  readonly keys: string | null;
  /** Why it cannot be done now; null when it can. */
  readonly obstacle: string | null;
  readonly run: () => void;
}
