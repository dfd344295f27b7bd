/**
 * What an operator can do, each thing once. Buttons, menus, keys and the palette are made from these, so that a thing has
 * the same name, key and effect everywhere.
 */
import type { LucideIcon } from 'lucide-react';
import { ContractError } from '../../core/contract/errors.ts';
import type { LinkState } from '../bridge/console-bridge.ts';
import { tell } from '../parts/toast/toasts.tsx';
import type { ConsoleStores } from '../store/console-stores.ts';
import { failureText } from '../words/failure-text.ts';
import { words as failureWords } from '../words/failure-words.ts';
import { issueInWords } from '../words/told.ts';
import { words } from './words.ts';

export interface Action<Input = void> {
  /** `view.connections`, `health.check-all`: stable, for keys an operator binds. */
  readonly id: string;
  /** What it is called, and what it does in a few words; in the language of the moment they are read. */
  readonly words: { readonly label: string; readonly hint: string };
  /** Those it comes with, as tinykeys writes them; null when there are none. The operator may bind others. */
  readonly keys: string | null;
  /** Those that every platform has for it. They stay its own whatever is bound, and mean it in a field too. */
  readonly platformKeys?: string;
  readonly icon: LucideIcon;
  /** It asks the engine for something, or leads to where that is done: it cannot be done while the engine is lost. */
  readonly needsEngine?: boolean;
  /** Why it would change nothing that can be seen just now; null when it would. */
  readonly pointless?: (stores: ConsoleStores) => string | null;
  /** It may be done while the past is shown, for it changes nothing of the pool; when not given, what needs no engine may. */
  readonly inPast?: boolean;
  readonly run: (stores: ConsoleStores, input: Input) => void | Promise<void>;
}

export type Subject = keyof typeof words.subjects;

/** First parts of ids that are about the display. */
const ofDisplay: ReadonlySet<string> = new Set(['theme', 'density', 'language', 'zoom']);

/** What it is about, for lists by subject: the first part of its id. */
export function subjectOf({ id }: Pick<Action, 'id'>): Subject {
  const [first = ''] = id.split('.');
  if (ofDisplay.has(first)) {
    return 'display';
  }
  return Object.hasOwn(words.subjects, first) ? (first as Subject) : 'console';
}

/** Why the action cannot be done now, in words; null when it can. A link that still begins holds requests until it is there. */
export function obstacleTo(
  { needsEngine = false, inPast = !needsEngine }: Pick<Action, 'needsEngine' | 'inPast'>,
  { phase }: LinkState,
  isPast: boolean,
): string | null {
  if (needsEngine && (phase === 'lost' || phase === 'unauthorised')) {
    return words.noEngine;
  }
  return isPast && !inPast ? failureWords.pastShown : null;
}

export function isPastShown({ timeMachine }: Pick<ConsoleStores, 'timeMachine'>): boolean {
  return timeMachine.current() !== null;
}

/** Why a global action cannot be done now, or would do nothing; null when it can. */
export function reasonAgainst(action: Action, stores: ConsoleStores): string | null {
  return obstacleTo(action, stores.bridge.link(), isPastShown(stores)) ?? action.pointless?.(stores) ?? null;
}

/**
 * Runs an action for a form that tells by itself what was wrong.
 * @throws ContractError `refused` with the reason while it cannot be done, and what the engine says against it.
 */
export async function attempt<Input>(action: Action<Input>, stores: ConsoleStores, input: Input): Promise<void> {
  const obstacle = obstacleTo(action, stores.bridge.link(), isPastShown(stores));
  if (obstacle !== null) {
    throw new ContractError('refused', obstacle);
  }
  await action.run(stores, input);
}

/** Runs an action; a failure is told to the operator in the engine's own words. Resolves whether it went through. */
export async function runAction<Input>(action: Action<Input>, stores: ConsoleStores, input: Input): Promise<boolean> {
  const obstacle = obstacleTo(action, stores.bridge.link(), isPastShown(stores));
  if (obstacle !== null) {
    tell(
      'info',
      () => words.notDone(action.words.label),
      () => obstacleTo(action, stores.bridge.link(), isPastShown(stores)) ?? obstacle,
    );
    return false;
  }
  try {
    await action.run(stores, input);
    return true;
  } catch (error) {
    const issues = error instanceof ContractError ? error.issues.slice(0, 3) : [];
    tell(
      'bad',
      () => words.notDone(action.words.label),
      () => [failureText(error), ...issues.map(issueInWords)].join('\n'),
    );
    return false;
  }
}
