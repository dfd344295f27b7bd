/** The actions that need nothing to be chosen first: they have keys, and the palette lists them. */

import { addToBlackList, undoLastAccess } from './access-actions.ts';
import type { Action } from './action.ts';
import { freezeConnections } from './connection-actions.ts';
import { openDemoFaults, openOwnHost } from './demo-actions.ts';
import { densityActions, nextLanguage, openDisplay, themeActions, zoomActions } from './display-actions.ts';
import { checkAll, cleanUpUnhealthy } from './health-actions.ts';
import { openPalette, openShortcuts, reconnect, reload } from './page-actions.ts';
import { backToNow, goToPast, playPast, toHappenedAfter, toHappenedBefore } from './past-actions.ts';
import { openLoad } from './request-actions.ts';
import { addHost } from './target-actions.ts';
import { focusFilter, nextPanel, previousPanel, viewActions } from './view-actions.ts';
import { applyWaiting } from './waiting-actions.ts';
import { openWarmUp } from './warm-up-actions.ts';

export const globalActions: readonly Action[] = [
  openPalette,
  openShortcuts,
  ...Object.values(viewActions),
  openWarmUp,
  openLoad,
  checkAll,
  cleanUpUnhealthy,
  freezeConnections,
  focusFilter,
  nextPanel,
  previousPanel,
  applyWaiting,
  addToBlackList,
  undoLastAccess,
  openDemoFaults,
  openOwnHost,
  addHost,
  goToPast,
  backToNow,
  playPast,
  toHappenedBefore,
  toHappenedAfter,
  ...Object.values(themeActions),
  ...Object.values(densityActions),
  ...zoomActions,
  nextLanguage,
  openDisplay,
  reconnect,
  reload,
];
