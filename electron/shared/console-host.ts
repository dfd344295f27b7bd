/** What every host does before it shows anything: choose the configuration, take the data folder, start the engine, log. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../../core/base/clock.ts';
import { EventBus } from '../../core/base/event-bus.ts';
import { ConfigError } from '../../core/config/config-error.ts';
import { MessageGate } from '../../core/console/message-gate.ts';
import type { EventLevel } from '../../core/contract/events.ts';
import { chooseConfig } from '../../core/engine/choose-config.ts';
import { type HotpoolEngine, startEngine } from '../../core/engine/hotpool-engine.ts';
import { logEvents } from '../../core/logging/event-logger.ts';
import { LogFile } from '../../core/logging/log-file.ts';
import type { CommandLine } from './command-line.mjs';
import { defaultDataFolder } from './data-folder.ts';
import { DataFolderInUseError, lockDataFolder } from './instance-lock.ts';
import { checkDataFolder } from './make-data-folder.ts';
import { StartError } from './start-error.ts';

export { StartError };

export interface ConsoleHostOptions {
  readonly kind: 'desktop' | 'headless';
  readonly commandLine: Pick<CommandLine, 'configFile' | 'dataFolder' | 'demo'>;
  /** Where package.json is. */
  readonly appFolder: string;
  /** Takes one line of the log, without its end. */
  readonly writeLogLine: (line: string) => void;
}

export interface ConsoleHost {
  readonly engine: HotpoolEngine;
  readonly gate: MessageGate;
  readonly dataFolder: string;
  /** Lets leases end, closes everything, and gives the data folder back. Aborting `atOnce` ends the wait for leases. */
  close(atOnce?: AbortSignal): Promise<void>;
}

/** A start whose configuration is sound and whose data folder is ours; nothing runs yet. */
export interface ReservedStart {
  readonly dataFolder: string;
  /** Of everything that is still to come. */
  readonly events: EventBus;
  /**
   * Starts the engine. Once.
   * @throws StartError; the data folder has then been given back.
   */
  open(): Promise<ConsoleHost>;
  /** Instead of `open`: gives the data folder back. */
  release(): Promise<void>;
}

/**
 * The part of a start that is quick, and in which most of what can be wrong is found.
 * @throws StartError; a bad configuration or folder stops the start before there is a folder, a lock or a socket.
 */
export async function reserveStart(options: ConsoleHostOptions): Promise<ReservedStart> {
  const { kind, commandLine, appFolder, writeLogLine } = options;
  const dataFolder = resolve(commandLine.dataFolder ?? defaultDataFolder());
  const wish = { configFile: commandLine.configFile, demo: commandLine.demo, dataFolder };
  // Before the configuration, which may lie in it: a folder that cannot be used is the fault to be told.
  await orStartError(() => checkDataFolder(dataFolder));
  const chosen = await orStartError(() => chooseConfig(wish));
  const lock = await orStartError(() => lockDataFolder(dataFolder, kind));
  const events = new EventBus(systemClock);
  let level = (): EventLevel => (chosen.mode === 'config' ? chosen.config.settings.logLevel : 'info');
  logEvents(events, { level: () => level(), write: writeLogLine });
  const logFile = new LogFile({ folder: dataFolder, events, level: () => level() });
  // The folder is given back last: until then the log is ours.
  const release = (): Promise<void> => logFile.close().finally(() => lock.release());
  return {
    dataFolder,
    events,
    async open() {
      try {
        const version = readVersion(appFolder);
        const engine = await orStartError(() => startEngine({ ...wish, chosen, events, version }));
        level = () => engine.settings().logLevel;
        return {
          engine,
          gate: new MessageGate(engine.console, events),
          dataFolder,
          close: (atOnce) => engine.close(atOnce).finally(release),
        };
      } catch (error) {
        await release();
        throw error;
      }
    },
    release,
  };
}

/** @throws StartError; what was opened by then is closed again. */
export async function openConsoleHost(options: ConsoleHostOptions): Promise<ConsoleHost> {
  const start = await reserveStart(options);
  return start.open();
}

export function readVersion(appFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
  return String(version);
}

async function orStartError<Result>(step: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw isForOperator(error) ? new StartError(error.message, { cause: error }) : error;
  }
}

/**
 * A fault of the machine or of what was asked for says so in words: a plain error, one of the system, or one of ours. A
 * fault of the program is of another kind (TypeError, ...), and its stack is what is wanted of it.
 */
function isForOperator(error: unknown): error is Error {
  const isOurs = error instanceof ConfigError || error instanceof DataFolderInUseError;
  return isOurs || (error instanceof Error && error.name === 'Error');
}
