/** Where the lists are kept: what the controller asks of its store, and the store that keeps nothing. */
import type { ContractIssue } from '../contract/errors.ts';
import type { AccessRecord } from './access-entry.ts';

/** A change of the stored lists, ready to be made. */
export interface StoredChange<Result> {
  /** Everything that is to be stored, the change included. */
  readonly records: readonly AccessRecord[];
  /** Before the records are stored. What it throws stops the change. */
  prepare?(): Promise<void>;
  /** The records could not be stored after all, or not on top of what is there now. */
  abandon?(): Promise<void>;
  /** Makes the change in the engine. Called once, after the records are safe, with nothing awaited in between. */
  commit(): Result;
}

/** What a hand edit says, against what the store held before. */
export interface HandEdit {
  readonly put: readonly AccessRecord[];
  readonly removed: readonly AccessRecord[];
}

/** Whose lists are stored. */
export interface StoreOwner {
  /** Everything that is to be stored now. */
  records(): readonly AccessRecord[];
  /** Somebody else has changed what is stored. */
  edited(edit: HandEdit): void;
  /** The store's `issues` are others than before. */
  issuesChanged(): void;
}

export interface AccessStore {
  /** Where, for the operator who edits by hand. */
  readonly file: string;
  /** What could not be read; while there is any, nothing is written. */
  readonly issues: readonly ContractIssue[];
  /** Why the last save failed, in English; null when it did not. */
  readonly saveFault: string | null;
  /** It was deleted, and what it held is in memory alone until it is written again. */
  readonly gone: boolean;
  /** Begins to report hand edits and to save. Called once, before anything else. */
  attach(owner: StoreOwner): void;
  /**
   * Makes one change after the other. `plan` is called when it is this change's turn and sees every change before it,
   * hand edits included, and once more when a hand edit comes while its records are being stored; its records are on disk when this resolves.
   * @throws ContractError `refused` when the stored lists cannot be read or written; then nothing has changed.
   * @throws what `plan` throws.
   */
  update<Result>(plan: () => StoredChange<Result>): Promise<Result>;
  /**
   * Stores everything now, changed or not.
   * @throws ContractError `refused` as {@link update}.
   */
  saveNow(): Promise<void>;
  /** Something of no hurry is different: it is stored within seconds. */
  saveSoon(): void;
  /** Stores what is not stored yet and stops watching. */
  close(): Promise<void>;
}

/** For programs without a data folder: the lists live as long as the process. */
export function volatileAccessStore(): AccessStore {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    file: '',
    issues: [],
    saveFault: null,
    gone: false,
    attach: () => undefined,
    update(plan) {
      const run = turn.then(async () => {
        const change = plan();
        await change.prepare?.();
        return change.commit();
      });
      turn = run.catch(() => undefined);
      return run;
    },
    saveNow: async () => undefined,
    saveSoon: () => undefined,
    close: async () => undefined,
  };
}
