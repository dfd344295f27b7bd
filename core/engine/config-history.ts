/** The texts that the configuration's file has had: kept, told and found again. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { ConfigFile } from '../config/config-file.ts';
import { type ConfigVersions, describeVersions, type VersionSource } from '../config/config-versions.ts';
import { ContractError } from '../contract/errors.ts';
import type { RequestOutput } from '../contract/index.ts';
import { phrase } from '../contract/phrase.ts';

export interface ConfigHistoryParts {
  readonly file: Pick<ConfigFile, 'path' | 'read'>;
  readonly versions: ConfigVersions;
  readonly clock: Clock;
  readonly events: EventSink;
}

export class ConfigHistory {
  readonly #parts: ConfigHistoryParts;

  constructor(parts: ConfigHistoryParts) {
    this.#parts = parts;
  }

  /** A history that cannot be written is told, and no reason to refuse the change. */
  async keep(text: string, by: VersionSource): Promise<void> {
    const { versions, clock, events, file } = this.#parts;
    try {
      await versions.keep(text, by, clock.epochMs());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      events.emit('warn', 'config.version-lost', file.path, { message });
    }
  }

  async list(): Promise<RequestOutput<'config.history'>> {
    const { versions, file } = this.#parts;
    return { versions: await describeVersions(versions, { path: file.path, text: await file.read() }) };
  }

  /** @throws ContractError `not-found` */
  async text(id: string): Promise<string> {
    const text = await this.#parts.versions.text(id);
    if (text === null) {
      throw new ContractError('not-found', phrase('refused.no-version', { id }));
    }
    return text;
  }
}
