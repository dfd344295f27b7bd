/**
 * What an operator can do, each thing once. Buttons, menus and keys (and later the palette) are made from these, so that
 * a thing has the same name, key and effect everywhere.
 */
import type { LucideIcon } from 'lucide-react';
import { ContractError } from '../../core/contract/errors.ts';
import { tell } from '../parts/toast/toasts.ts';
import type { ConsoleStores } from '../store/console-stores.ts';

export interface Action<Input = void> {
  /** `view.connections`, `health.check-all`: stable, for keys an operator binds. */
  readonly id: string;
  readonly label: string;
  /** What it does, in a few words. */
  readonly hint: string;
  /** As tinykeys writes it; null when there is none. */
  readonly keys: string | null;
  readonly icon: LucideIcon;
  readonly run: (stores: ConsoleStores, input: Input) => void | Promise<void>;
}

export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs an action; a failure is told to the operator in the engine's own words. Resolves whether it went through. */
export async function runAction<Input>(action: Action<Input>, stores: ConsoleStores, input: Input): Promise<boolean> {
  try {
    await action.run(stores, input);
    return true;
  } catch (error) {
    const issues = error instanceof ContractError ? error.issues.map((issue) => `${issue.at}: ${issue.message}`) : [];
    tell('bad', `${action.label}: not done`, [failureText(error), ...issues.slice(0, 3)].join('\n'));
    return false;
  }
}
