/** The time machine: there, through the past, and back. */
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import History from 'lucide-react/icons/history';
import Play from 'lucide-react/icons/play';
import SkipBack from 'lucide-react/icons/skip-back';
import SkipForward from 'lucide-react/icons/skip-forward';
import Undo2 from 'lucide-react/icons/undo-2';
import { type Said, tell } from '../parts/toast/toasts.tsx';
import type { ConsoleStores } from '../store/console-stores.ts';
import { momentAfter, momentBefore } from '../store/past/happenings.ts';
import type { TimeMachine } from '../store/past/time-machine.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { type Action, isPastShown } from './action.ts';
import { words } from './words.ts';

const secondMs = 1_000;

function inPastOnly(stores: ConsoleStores): string | null {
  return isPastShown(stores) ? null : words.onlyInPast;
}

/** Opens the time machine, whatever view is shown, where a moment can be written. */
export const goToPast: Action = {
  id: 'past.open',
  words: words.goToPast,
  keys: 't',
  icon: History,
  run: () => changeScreen({ timeBar: 'focus' }),
};

/** `input`: milliseconds since the epoch. */
export const goToMoment: Action<number> = {
  id: 'past.go-to',
  words: words.goToMoment,
  keys: null,
  icon: History,
  needsEngine: true,
  inPast: true,
  run: ({ timeMachine }, atMs) => timeMachine.goTo(atMs),
};

export const backToNow: Action = {
  id: 'past.back',
  words: words.backToNow,
  keys: 'n',
  icon: Undo2,
  pointless: (stores) => (useScreen.getState().timeBar === null ? inPastOnly(stores) : null),
  run: ({ timeMachine }) => {
    timeMachine.back();
    changeScreen({ timeBar: null });
  },
};

export const playPast: Action = {
  id: 'past.play',
  words: words.playPast,
  keys: 'p',
  icon: Play,
  pointless: inPastOnly,
  run: ({ timeMachine }) => (timeMachine.current()?.playing === true ? timeMachine.pause() : timeMachine.play()),
};

export const stepBack: Action = {
  id: 'past.step-back',
  words: words.stepBack,
  keys: null,
  icon: ChevronLeft,
  pointless: inPastOnly,
  run: ({ timeMachine }) => timeMachine.step(-secondMs),
};

export const stepOn: Action = {
  id: 'past.step-on',
  words: words.stepOn,
  keys: null,
  icon: ChevronRight,
  pointless: inPastOnly,
  run: ({ timeMachine }) => timeMachine.step(secondMs),
};

/** In the present: to the last thing that happened. */
export const toHappenedBefore: Action = {
  id: 'past.before',
  words: words.happenedBefore,
  keys: 'b',
  icon: SkipBack,
  needsEngine: true,
  inPast: true,
  run: async ({ bridge, timeMachine, clock }) => {
    const fromMs = timeMachine.current()?.askedMs ?? clock.now();
    go(timeMachine, await momentBefore(bridge, fromMs), () => words.noneBefore);
  },
};

/** In the present nothing comes after. */
export const toHappenedAfter: Action = {
  id: 'past.after',
  words: words.happenedAfter,
  keys: 'a',
  icon: SkipForward,
  needsEngine: true,
  inPast: true,
  pointless: (stores) => (isPastShown(stores) ? null : words.noneAfter),
  run: async ({ bridge, timeMachine }) => {
    const fromMs = timeMachine.current()?.askedMs ?? null;
    const atMs = fromMs === null ? null : await momentAfter(bridge, fromMs, timeMachine.presentMs());
    go(timeMachine, atMs, () => words.noneAfter);
  },
};

function go(timeMachine: TimeMachine, atMs: number | null, none: Said): void {
  if (atMs === null) {
    tell('info', none);
  } else {
    timeMachine.goTo(atMs);
  }
}
