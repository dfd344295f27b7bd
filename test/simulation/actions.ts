/** All acts of which schedules are made. */
import type { Action } from './action.ts';
import { callerActions } from './caller-actions.ts';
import { engineActions } from './engine-actions.ts';
import { networkActions } from './network-actions.ts';

export const actions: readonly Action[] = [...callerActions, ...engineActions, ...networkActions];
