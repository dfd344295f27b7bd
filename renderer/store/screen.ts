/** What is open and chosen on the screen right now; forgotten on reload. */
import { create } from 'zustand';
import type { AccessAuditRecord } from '../../core/contract/access.ts';
import type { Remedy } from '../../core/contract/diagnosis.ts';
import type { RequestDraft } from './sent-requests.ts';

/** What a diagnosis would have warmed: of this host or of all, by a scenario where one fits. */
export type WarmUpWish = Omit<Extract<Remedy, { kind: 'warm-up' }>, 'kind'>;

export interface Screen {
  /** The connections' order is held still. */
  readonly frozen: boolean;
  /** What a link has asked the connections for: it goes before the operator's own filter, which stays as it is. null: nothing. */
  readonly linkedFilter: string | null;
  readonly selected: ReadonlySet<number>;
  /** Groups of the connections table whose rows are folded away, by their keys. */
  readonly collapsedGroups: ReadonlySet<string>;
  /** The connection whose drawer is open. */
  readonly inspectedConnection: number | null;
  /** The settings should ask for a host to add when they appear. */
  readonly addsHost: boolean;
  /** The run whose cells are shown; null: the newest. */
  readonly shownRun: number | null;
  /** The warm-up that it is compared with. */
  readonly comparedRun: number | null;
  /** The warm-up form should take the focus when it appears. */
  readonly focusWarmUpForm: boolean;
  /** The black list's field for a new entry should take the focus when it appears. */
  readonly focusBlackList: boolean;
  /** The form is to be filled with this when it appears. */
  readonly warmUpWish: WarmUpWish | null;
  /** The request form is to be filled with this when it appears. */
  readonly requestWish: RequestDraft | null;
  /** The load run that is shown; null: the newest. */
  readonly shownLoadRun: number | null;
  /** The load run that it is compared with. */
  readonly comparedLoadRun: number | null;
  readonly accessSearch: string;
  /** The IP whose drawer is open. */
  readonly inspectedIp: string | null;
  /** The time machine is open beside whatever view is shown; `focus`: a moment is to be written there. */
  readonly timeBar: 'open' | 'focus' | null;
  readonly demoDialog: 'faults' | 'own-host' | null;
  readonly paletteOpen: boolean;
  readonly shortcutsOpen: boolean;
  /** What is open below the lists. */
  readonly accessTool: 'log' | 'test' | 'findings' | null;
  /** The change of the lists that is asked about in the log before it is taken back. */
  readonly undoing: AccessAuditRecord | null;
}

export const useScreen = create<Screen>()(() => ({
  frozen: false,
  linkedFilter: null,
  selected: new Set<number>(),
  collapsedGroups: new Set<string>(),
  inspectedConnection: null,
  addsHost: false,
  shownRun: null,
  comparedRun: null,
  focusWarmUpForm: false,
  focusBlackList: false,
  warmUpWish: null,
  requestWish: null,
  shownLoadRun: null,
  comparedLoadRun: null,
  accessSearch: '',
  inspectedIp: null,
  timeBar: null,
  demoDialog: null,
  paletteOpen: false,
  shortcutsOpen: false,
  accessTool: 'log',
  undoing: null,
}));

export function changeScreen(change: Partial<Screen>): void {
  useScreen.setState(change);
}
