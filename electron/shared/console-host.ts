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
import type { CommandLine } from './command-line.mjs';
import { defaultDataFolder } from './data-folder.ts';
import { DataFolderInUseError, lockDataFolder } from './instance-lock.ts';
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

/** @throws StartError; what was opened by then is closed again. */
export async function openConsoleHost(options: ConsoleHostOptions): Promise<ConsoleHost> {
  const { kind, commandLine, appFolder, writeLogLine } = options;
  const dataFolder = resolve(commandLine.dataFolder ?? defaultDataFolder());
  const wish = { configFile: commandLine.configFile, demo: commandLine.demo, dataFolder };
  // A bad configuration stops the start before there is a folder, a lock or a socket.
  const chosen = await orStartError(() => chooseConfig(wish));
  const lock = await orStartError(() => lockDataFolder(dataFolder, kind));
  try {
    const events = new EventBus(systemClock);
    let level = (): EventLevel => (chosen.mode === 'config' ? chosen.config.settings.logLevel : 'info');
    logEvents(events, { level: () => level(), write: writeLogLine });
    const version = readVersion(appFolder);
    const engine = await orStartError(() => startEngine({ ...wish, chosen, events, version }));
    level = () => engine.settings().logLevel;
    return {
      engine,
      gate: new MessageGate(engine.console, events),
      dataFolder,
      close: (atOnce) => engine.close(atOnce).finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
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
