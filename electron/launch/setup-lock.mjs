/**
 * One setup at a time. Two starts that install or build in the same folder would remove each other's files; the second
 * one waits, and finds the work done.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 200;
/** No setup takes longer: whoever has the holder's number by now is another program. */
const staleAfterMs = 30 * 60_000;

/**
 * Runs `work` while `file` names this process.
 * @template Result
 * @param {string} file
 * @param {() => Promise<Result>} work
 * @param {() => void} [onWait] called once when another process has to be waited for
 * @param {() => Promise<unknown>} [pause] until the next look
 * @returns {Promise<Result>}
 * @throws the system's error when the file cannot be made; what `work` throws
 */
export async function withSetupLock(file, work, onWait = () => {}, pause = () => sleep(pollMs)) {
  for (let told = false; !take(file); told = true) {
    if (!told) {
      onWait();
    }
    await pause();
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) {
      throw error;
    }
  }
  if (isAbandoned(file)) {
    // Of several who wait one can rename it, where each could remove what the quickest has made since.
    const aside = `${file}.${process.pid}`;
    try {
      renameSync(file, aside);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) {
        throw error;
      }
    }
    rmSync(aside, { force: true });
  }
  return false;
}

/** Its holder was killed. @param {string} file */
function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > staleAfterMs) {
      return true;
    }
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty: it has been made this very moment.
    return pid > 0 && !isAlive(pid);
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return false;
    }
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

/** @param {unknown} error @param {string} code */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
