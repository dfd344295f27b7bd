/** The configuration of the running engine: described for the console, changed whole or not at all. */
import type { EventSink } from '../base/event-bus.ts';
import { applyChanges } from '../config/change-config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { EngineSettings } from '../config/settings.ts';
import type { RunningConfig } from '../console/console-ports.ts';
import type { ConfigDiff, ConfigKey, ConfigValue } from '../contract/config.ts';
import { ContractError } from '../contract/errors.ts';

export interface LiveConfigOptions {
  readonly config: LoadedConfig;
  /** Warnings that nobody has to hear of: the demo sets its own limits on purpose. */
  readonly accepted?: readonly string[];
  readonly events: EventSink;
  /** Brings new settings into force in every part; does not fail. */
  readonly apply: (settings: EngineSettings) => void;
}

export class LiveConfig implements RunningConfig {
  readonly #accepted: ReadonlySet<string>;
  readonly #events: EventSink;
  readonly #apply: (settings: EngineSettings) => void;
  #config: LoadedConfig;

  constructor({ config, accepted = [], events, apply }: LiveConfigOptions) {
    this.#config = config;
    this.#accepted = new Set(accepted);
    this.#events = events;
    this.#apply = apply;
  }

  get settings(): EngineSettings {
    return this.#config.settings;
  }

  get warnings(): string[] {
    return this.#config.warnings.filter((warning) => !this.#accepted.has(warning));
  }

  describe(): { keys: ConfigKey[]; warnings: string[] } {
    return { keys: [...this.#config.keys], warnings: this.warnings };
  }

  update(changes: Readonly<Record<string, ConfigValue>>): { diff: ConfigDiff; warnings: string[] } {
    const { config, diff } = this.#read(changes);
    this.#config = config;
    if (diff.length > 0) {
      this.#apply(config.settings);
      const text = diff.map(({ path, before, after }) => `${path} ${show(before)} → ${show(after)}`).join(', ');
      this.#events.emit('info', 'config.changed', 'pool', `the operator changed ${text}`, { keys: diff.length });
    }
    return { diff, warnings: this.warnings };
  }

  #read(changes: Readonly<Record<string, ConfigValue>>): { config: LoadedConfig; diff: ConfigDiff } {
    try {
      return applyChanges(this.#config, changes);
    } catch (error) {
      if (error instanceof ConfigError) {
        throw new ContractError('invalid-input', error.message, error.toContractIssues());
      }
      throw error;
    }
  }
}

function show(value: ConfigValue): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}
