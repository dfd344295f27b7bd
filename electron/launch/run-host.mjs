/** Runs a host as a child that cannot outlive the launcher, and passes signals on to it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** @type {readonly NodeJS.Signals[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A program that cannot run here ends by one of these, and soon; a console that ran ends with a status of its own. */
const startSignals = new Set(['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS']);
const startStatuses = new Set([126, 127]);
const startTimeMs = 15_000;

/** As in the host: what comes within this time of a press is a copy of it, passed on by the terminal or by npm. */
const samePressMs = 400;
/** After the second press a host that still runs its own code is gone sooner than this. */
const lastGraceMs = 2_000;

const parentCheckIntervalMs = 500;

/**
 * @typedef {object} HostEnd
 * @property {number} status for `process.exitCode`
 * @property {boolean} neverCameUp it could not run on this machine
 * @property {string} how in words
 * @property {string | null} complaint a line for the operator when a signal that asks for no orderly end ended it
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<HostEnd>}
 */
export function runHost(program, args) {
  return new Promise((resolve) => {
    const startedMs = Date.now();
    let stopped = false;
    /** @type {number | null} */
    let lastPressMs = null;
    /** @type {NodeJS.Timeout | undefined} */
    let lastGrace;
    /**
     * The first press leaves the host all the time that its leases need. A second one asks it to end at once, and a host
     * that is stuck in a call of the system hears neither.
     * @param {NodeJS.Signals} signal
     */
    const onSignal = (signal) => {
      passOn(signal);
      const nowMs = performance.now();
      if (lastPressMs !== null && nowMs - lastPressMs < samePressMs) {
        return;
      }
      if (lastPressMs !== null) {
        lastGrace ??= setTimeout(() => child.kill('SIGKILL'), lastGraceMs);
      }
      lastPressMs = nowMs;
    };
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      stopped = true;
      // On Windows the console tells the host itself, and kill would not ask it but end it.
      if (process.platform !== 'win32') {
        child.kill(signal);
      }
    };
    // Before the host is there: a signal in between would end this process alone.
    for (const signal of stopSignals) {
      process.on(signal, onSignal);
    }
    // The fourth channel says nothing; it closes when this process is gone, and then the host stops by itself.
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const stopWatching = watchNpm(() => passOn('SIGTERM'));

    /** @param {HostEnd} end */
    const finish = (end) => {
      stopWatching();
      clearTimeout(lastGrace);
      // After the last host the signals stay taken: a late copy of a press must not make an orderly end a killed one.
      if (end.neverCameUp) {
        for (const signal of stopSignals) {
          process.off(signal, onSignal);
        }
      }
      resolve(end);
    };
    child.on('error', (error) => finish({ status: 1, neverCameUp: true, how: error.message, complaint: null }));
    child.on('exit', (code, signal) => {
      const soon = !stopped && Date.now() - startedMs < startTimeMs;
      finish({
        status: code ?? 128 + (signal ? constants.signals[signal] : 0),
        neverCameUp: soon && (signal ? startSignals.has(signal) : startStatuses.has(code ?? 0)),
        how: signal ?? `status ${code}`,
        complaint: complaintOf(signal, lastGrace !== undefined),
      });
    });
  });
}

/**
 * @param {NodeJS.Signals | null} signal
 * @param {boolean} pressedTwice
 * @returns {string | null}
 */
function complaintOf(signal, pressedTwice) {
  if (signal === null || stopSignals.includes(signal)) {
    return null;
  }
  return pressedTwice && signal === 'SIGKILL'
    ? `The console did not stop within ${lastGraceMs / 1_000} s of being asked again, and was killed.`
    : `The console's process was ended by ${signal}.`;
}

/**
 * npm passes signals on to the shell that it runs us in, which keeps them to itself; and a `kill -9` of either tells nobody.
 * So we look whether both are still there. Started in another way, a new parent means nothing: a shell may go and leave a
 * console that was meant to stay.
 * @param {() => void} onGone
 * @returns {() => void} stops watching
 */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) {
    return () => {};
  }
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid !== shell || parentOf(shell) !== npm) {
      clearInterval(timer);
      onGone();
    }
  }, parentCheckIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param {number} pid @returns {number | null} null where the system does not tell */
function parentOf(pid) {
  try {
    // The program's name stands in brackets and may hold anything; the parent is the second word after it.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return null;
  }
}
