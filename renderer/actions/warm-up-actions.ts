/** Warm-ups: asked for, started, held, ended. */
import CircleStop from 'lucide-react/icons/circle-stop';
import Flame from 'lucide-react/icons/flame';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import type { WarmUpJobInput } from '../../core/contract/warm-up-job.ts';
import { changeScreen, type WarmUpWish } from '../store/screen.ts';
import { goTo } from '../store/view-route.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

export const openWarmUp: Action = {
  id: 'warm-up.open',
  words: words.openWarmUp,
  keys: 'w',
  icon: Flame,
  needsEngine: true,
  run: () => {
    goTo('warm-up');
    changeScreen({ focusWarmUpForm: true });
  },
};

/** The form, filled with what a diagnosis would have warmed; nothing starts before the operator says so. */
export const prepareWarmUp: Action<WarmUpWish> = {
  id: 'warm-up.prepare',
  words: words.prepareWarmUp,
  keys: null,
  icon: Flame,
  needsEngine: true,
  run: (_stores, warmUpWish) => {
    goTo('warm-up');
    changeScreen({ warmUpWish, focusWarmUpForm: true });
  },
};

export const startWarmUp: Action<WarmUpJobInput> = {
  id: 'warm-up.start',
  words: words.startWarmUp,
  keys: null,
  icon: Flame,
  needsEngine: true,
  run: async ({ bridge }, job) => {
    const { runId } = await bridge.request('warmUp.start', job);
    changeScreen({ shownRun: runId });
  },
};

export const cancelWarmUp: Action<number> = {
  id: 'warm-up.cancel',
  words: words.cancelWarmUp,
  keys: null,
  icon: CircleStop,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.cancel', { runId });
  },
};

export const pauseWarmUp: Action<number> = {
  id: 'warm-up.pause',
  words: words.pauseWarmUp,
  keys: null,
  icon: Pause,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.pause', { runId });
  },
};

export const resumeWarmUp: Action<number> = {
  id: 'warm-up.resume',
  words: words.resumeWarmUp,
  keys: null,
  icon: Play,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.resume', { runId });
  },
};

/** What failed in a run is tried again by a run of its own, which is shown. */
export const retryWarmUp: Action<number> = {
  id: 'warm-up.retry-failed',
  words: words.retryWarmUp,
  keys: null,
  icon: RotateCcw,
  needsEngine: true,
  run: async ({ bridge }, failedRunId) => {
    const { runId } = await bridge.request('warmUp.retryFailed', { runId: failedRunId });
    changeScreen({ shownRun: runId });
  },
};

/** All that a cancelled run has left undone: what failed, and what was not dialled. */
export const warmUpRest: Action<number> = {
  id: 'warm-up.rest',
  words: words.warmUpRest,
  keys: null,
  icon: Flame,
  needsEngine: true,
  run: async ({ bridge }, cancelledRunId) => {
    const { runId } = await bridge.request('warmUp.retryFailed', { runId: cancelledRunId, rest: true });
    changeScreen({ shownRun: runId });
  },
};
