/** Makes the data folder, or says in one sentence why it cannot be had. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Step by step: where the system answers "no such folder" for a new one in a folder that is there (`/proc`), Node's own
 * recursive mkdir tries for ever, and nothing in the process runs any more.
 * @throws Error in the operator's words: it, or what it would lie in, is a file, or a step cannot be made.
 */
export function makeDataFolder(folder: string): void {
  const missing: string[] = [];
  for (let step = folder; !isFolder(step, folder); step = dirname(step)) {
    missing.push(step);
  }
  for (const step of missing.toReversed()) {
    try {
      mkdirSync(step, { mode: 0o700 });
    } catch (error) {
      // Another console that starts at this moment may have made it.
      if (!isFolder(step, folder)) {
        throw cannotBeMade(folder, error);
      }
    }
  }
}

/**
 * Makes nothing: a folder that is not there yet is no fault, unless a file is in its way.
 * @throws Error in the operator's words.
 */
export function checkDataFolder(folder: string): void {
  let step = folder;
  while (!isFolder(step, folder)) {
    step = dirname(step);
  }
}

/** False where there is nothing. */
function isFolder(step: string, folder: string): boolean {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(step, { throwIfNoEntry: false });
  } catch (error) {
    throw cannotBeMade(folder, error);
  }
  if (!found) {
    // The root of a drive that is not there has no parent to go on with.
    if (dirname(step) === step) {
      throw new Error(`the data folder ${folder} cannot be made: there is no ${step}; choose another one with --data.`);
    }
    return false;
  }
  if (!found.isDirectory()) {
    throw new Error(
      step === folder
        ? `the data folder ${folder} is a file, not a folder: choose another one with --data.`
        : `the data folder ${folder} cannot be made: ${step} is a file, not a folder; choose another one with --data.`,
    );
  }
  return true;
}

function cannotBeMade(folder: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`the data folder ${folder} cannot be made: ${reason}; choose another one with --data.`, {
    cause: error,
  });
}
