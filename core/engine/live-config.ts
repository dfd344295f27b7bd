/**
 * The configuration of the running engine: described for the console, changed by it or by hand, in force whole or not at
 * all. One change after the other; a change of the console is on the disk before it is in force.
 */
import { basename } from 'node:path';
import { toldBy } from '../base/phrase-error.ts';
import { changeConfig, diffConfig } from '../config/change-config.ts';
import { configEffects, type OpenConnection } from '../config/config-effects.ts';
import { ConfigError, configFault } from '../config/config-error.ts';
import { type ConfigFile, revisionOf } from '../config/config-file.ts';
import type { VersionSource } from '../config/config-versions.ts';
import { editConfigText } from '../config/edit-config-text.ts';
import { type LoadedConfig, parseConfig } from '../config/load-config.ts';
import { PresetAdvice } from '../config/preset-advice.ts';
import { presetList } from '../config/presets.ts';
import { printDefaultConfig, printOwnConfig } from '../config/print-config.ts';
import type { EngineSettings } from '../config/settings.ts';
import { describeTargetKeys } from '../config/target-keys.ts';
import type { RunningConfig } from '../console/console-ports.ts';
import type {
  ConfigApplied,
  ConfigChange,
  ConfigDifference,
  ConfigPreview,
  ConfigState,
  ConfigTextPreview,
} from '../contract/config.ts';
import { ContractError } from '../contract/errors.ts';
import type { RequestOutput } from '../contract/index.ts';
import { inEnglish, inEvent, type Phrase, phrase, type Told } from '../contract/phrase.ts';
import type { PoolSample } from '../contract/statistics.ts';
import { ConfigHistory, type ConfigHistoryParts } from './config-history.ts';
import { readMended, readRight, showDifference, staleConfig } from './config-words.ts';

export interface LiveConfigOptions extends ConfigHistoryParts {
  /** Read from `file`, or made by a program. */
  readonly config: LoadedConfig;
  /** Warnings that nobody has to hear of: the demo sets its own limits on purpose. */
  readonly accepted?: readonly Phrase[];
  /** Where the configuration is, or where it may be saved while the engine runs on something else. */
  readonly file: ConfigFile;
  readonly open: () => Iterable<OpenConnection>;
  /** One per second since `afterMs` (epoch), oldest first. */
  readonly samplesSince: (afterMs: number) => readonly PoolSample[];
  /** Brings a configuration into force in every part; does not fail. */
  readonly apply: (config: LoadedConfig, diff: ConfigDifference, by: VersionSource) => void;
}

type Fault = NonNullable<ConfigState['fault']>;

export class LiveConfig implements RunningConfig {
  readonly #options: LiveConfigOptions;
  /** By their English. */
  readonly #accepted: ReadonlySet<string>;
  readonly #listeners = new Set<() => void>();
  readonly #advice = new PresetAdvice();
  readonly #history: ConfigHistory;
  #config: LoadedConfig;
  /** The revision of a configuration without a file. */
  #changes = 0;
  #fault: Fault | null = null;
  /** What the file said when it was last read, faults or not; null: it is gone. */
  #seen: string | null;
  #unreadable = false;
  #turn: Promise<unknown> = Promise.resolve();
  #endWatch: () => void = () => undefined;
  #closed = false;

  constructor(options: LiveConfigOptions) {
    this.#options = options;
    this.#history = new ConfigHistory(options);
    this.#config = options.config;
    this.#accepted = new Set((options.accepted ?? []).map(inEnglish));
    this.#seen = options.config.text;
  }

  /** Begins to watch the file, and keeps what it says as the first version. */
  start(): void {
    const { text } = this.#config;
    if (text !== null) {
      void this.#inTurn(() => this.#history.keep(text, 'start')).catch(() => undefined);
      this.#watch();
    }
  }

  #watch(): void {
    const look = (): void => {
      void this.#inTurn(() => this.#readEdit()).catch(() => undefined);
    };
    this.#endWatch = this.#options.file.onEdit(look);
    // It may have been edited since it was read.
    look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endWatch();
    await this.settled();
  }

  /** What was begun by now has ended, well or not. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  get settings(): EngineSettings {
    return this.#config.settings;
  }

  /** In the operator's units. */
  get values(): LoadedConfig['values'] {
    return this.#config.values;
  }

  get warnings(): Phrase[] {
    return this.#unaccepted(this.#config);
  }

  state(): ConfigState {
    const { file, text } = this.#config;
    const missing = text !== null && this.#seen === null;
    return { revision: this.#revision, file, fault: this.#fault, warnings: this.warnings, missing };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  describe(): RequestOutput<'config.get'> {
    return {
      ...this.state(),
      keys: [...this.#config.keys],
      targetKeys: describeTargetKeys(),
      targets: [...this.#config.targets],
    };
  }

  preview(change: ConfigChange): ConfigPreview {
    return this.#preview(() => changeConfig(this.#config, change));
  }

  async previewText(given: string, changes: ConfigChange['changes'] = {}): Promise<ConfigTextPreview> {
    const { text, values, load } = editConfigText(given, changes, this.#options.file.path);
    const preview = this.#preview(load);
    return { ...preview, ...(this.#config.text === null && (await this.#atNextStart(load))), text, values };
  }

  /**
   * What the engine runs on has nothing to do with a file that is for the next start: such a text differs from the file, or
   * where there is none, or none that can be read, from the defaults.
   */
  async #atNextStart(load: () => LoadedConfig): Promise<Pick<ConfigPreview, 'diff' | 'effects'>> {
    const { file } = this.#options;
    const written = await file.read();
    const parsed = (text: string | null) => this.#loaded(() => parseConfig(text ?? printDefaultConfig(), file.path));
    const next = this.#loaded(load);
    const before = parsed(written) ?? parsed(null);
    const diff = next && before ? diffConfig(before, next) : [];
    return { diff: diff.map((one) => ({ ...one, applies: 'next-start' })), effects: [] };
  }

  /** null when it has faults. */
  #loaded(make: () => LoadedConfig): LoadedConfig | null {
    try {
      return make();
    } catch (error) {
      if (error instanceof ConfigError) {
        return null;
      }
      throw error;
    }
  }

  update(change: ConfigChange, revision?: string): Promise<ConfigApplied> {
    return this.#inTurn(async () => {
      await this.#refuseStale(revision);
      const next = readRight(() => changeConfig(this.#config, change));
      return this.#bring(next, 'console');
    });
  }

  async text(): Promise<RequestOutput<'config.text'>> {
    const { file } = this.#options;
    const written = await file.read();
    const text = written ?? this.#config.text ?? printDefaultConfig();
    return { file: file.path, exists: written !== null, text, revision: revisionOf(text) };
  }

  saveText(text: string, revision?: string): Promise<ConfigApplied> {
    return this.#inTurn(() => this.#saveText(text, 'console', revision));
  }

  /**
   * From a configuration without a file to the file's: it is written with this target, and from now on it is the one that
   * is watched and in force.
   * @throws ContractError `invalid-input`, `conflict`, `refused`; nothing has changed then.
   */
  watchOwn(target: ConfigChange['targets']['set'][number]): Promise<ConfigApplied> {
    return this.#inTurn(async () => {
      const { known, written } = await this.#readForOwn();
      const next = readRight(() => changeConfig(written, addingTarget(target)));
      this.#seen = known;
      const applied = await this.#bring(next, 'console');
      this.#watch();
      return applied;
    });
  }

  /** All that is wrong with a target that would be watched so. @throws ContractError `conflict`, `refused` */
  async checkOwn(target: ConfigChange['targets']['set'][number]): Promise<ConfigPreview['faults']> {
    const { written } = await this.#readForOwn();
    return this.#preview(() => changeConfig(written, addingTarget(target))).faults;
  }

  async #readForOwn(): Promise<{ readonly known: string | null; readonly written: LoadedConfig }> {
    const { file } = this.#options;
    if (this.#config.text !== null) {
      throw new ContractError('conflict', phrase('refused.config-in-force', { file: file.path }));
    }
    const known = await file.read();
    return { known, written: readMended(() => parseConfig(known ?? printOwnConfig(), file.path)) };
  }

  presets(): RequestOutput<'config.presets'> {
    this.#advice.observe(this.#options.samplesSince(this.#advice.seenMs));
    return {
      presets: presetList.map(({ name, title, values }) => ({
        name,
        title,
        values: { ...values },
        diff: this.preview({ changes: { ...values }, targets: { set: [], remove: [] } }).diff,
      })),
      requestsPerSecond: this.#advice.requestsPerSecond,
      suggested: this.#advice.suggested,
    };
  }

  history(): Promise<RequestOutput<'config.history'>> {
    return this.#history.list();
  }

  async version(id: string): Promise<RequestOutput<'config.version'>> {
    return this.previewText(await this.#history.text(id));
  }

  revert(id: string, revision?: string): Promise<ConfigApplied> {
    return this.#inTurn(async () => this.#saveText(await this.#history.text(id), 'revert', revision));
  }

  get #revision(): string {
    const { text } = this.#config;
    return text === null ? `${this.#changes}` : revisionOf(this.#seen ?? text);
  }

  /** One thing after the other; a failure is its caller's and stops nobody else. */
  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const run = this.#turn.then(() => {
      if (this.#closed) {
        throw new ContractError('closed', phrase('refused.config-closed'));
      }
      return task();
    });
    this.#turn = run.catch(() => undefined);
    return run;
  }

  #preview(make: () => LoadedConfig): ConfigPreview {
    let next: LoadedConfig;
    try {
      next = make();
    } catch (error) {
      if (error instanceof ConfigError) {
        return { faults: error.toFaults(), diff: [], warnings: [], effects: [], text: null };
      }
      throw error;
    }
    const diff = diffConfig(this.#config, next);
    return { faults: [], diff, warnings: this.#unaccepted(next), effects: this.#effects(next, diff), text: next.text };
  }

  async #saveText(text: string, by: VersionSource, revision: string | undefined): Promise<ConfigApplied> {
    const { file } = this.#options;
    if (this.#config.text !== null) {
      await this.#refuseStale(revision, false);
      return this.#bring(
        readRight(() => parseConfig(text, file.path), true),
        by,
      );
    }
    // The engine runs on something else: the file is for the next start.
    readRight(() => parseConfig(text, file.path), true);
    const known = await file.read();
    if (revision !== undefined && known !== null && revision !== revisionOf(known)) {
      throw staleConfig(file.path);
    }
    await file.write(text, known);
    await this.#history.keep(text, by);
    this.#options.events.emit('info', 'config.saved', file.path, {});
    return { diff: [], warnings: [], effects: [], revision: revisionOf(text), file: file.path, applied: false };
  }

  /** Reads the file first: a hand edit that was saved a moment ago is in force, or has its faults, before this change. */
  async #refuseStale(revision: string | undefined, refuseFaults = true): Promise<void> {
    if (this.#config.text !== null) {
      await this.#readEdit();
    }
    const { path } = this.#options.file;
    if (revision !== undefined && revision !== this.#revision) {
      throw staleConfig(path);
    }
    const [first] = this.#fault?.faults ?? [];
    if (first && refuseFaults) {
      const place = first.line === null ? path : `${path}:${first.line}:${first.column}`;
      const told = { place, first: first.phrase ?? first.message };
      throw new ContractError('refused', phrase('refused.config-fault', told));
    }
  }

  /** Writes and applies. */
  async #bring(next: LoadedConfig, by: VersionSource): Promise<ConfigApplied> {
    const diff = diffConfig(this.#config, next);
    const effects = this.#effects(next, diff);
    if (next.text !== null && next.text !== this.#seen) {
      await this.#options.file.write(next.text, this.#seen);
      await this.#history.keep(next.text, by);
    }
    this.#take(next, diff, by);
    return { diff, warnings: this.warnings, effects, revision: this.#revision, file: next.file, applied: true };
  }

  /** Makes it the running one. */
  #take(next: LoadedConfig, diff: ConfigDifference, by: VersionSource): void {
    this.#config = next;
    this.#seen = next.text;
    this.#fault = null;
    if (diff.length > 0) {
      this.#changes += 1;
      // Before what follows from it: connections that are closed because of it, among others.
      this.#options.events.emit('info', 'config.changed', 'pool', {
        by,
        file: basename(this.#options.file.path),
        keys: diff.length,
        changes: showDifference(diff),
      });
      this.#options.apply(next, diff, by);
    }
    this.#tell();
  }

  /** The file may be another: its new text is brought into force whole, or refused whole and said. */
  async #readEdit(): Promise<void> {
    const { file, events } = this.#options;
    let text: string | null;
    try {
      text = await file.readEdit();
    } catch (error) {
      const told = error instanceof ContractError ? error.told : toldBy(error);
      this.#refuse(told, [configFault('', null, told)]);
      this.#unreadable = true;
      return;
    }
    if (text === this.#seen && !this.#unreadable) {
      return;
    }
    this.#unreadable = false;
    this.#seen = text;
    if (text === null) {
      events.emit('warn', 'config.file-gone', file.path, {});
      this.#fault = null;
      this.#tell();
      return;
    }
    let next: LoadedConfig;
    try {
      next = parseConfig(text, file.path);
    } catch (error) {
      if (!(error instanceof ConfigError)) {
        throw error;
      }
      this.#refuse(error.told, error.toFaults());
      return;
    }
    if (this.#fault) {
      events.emit('info', 'config.mended', file.path, {});
    }
    await this.#history.keep(text, 'file');
    this.#take(next, diffConfig(this.#config, next), 'file');
  }

  #refuse(told: Told, faults: Fault['faults']): void {
    const { file, events, clock } = this.#options;
    const known = this.#fault;
    this.#fault = { faults, atMs: clock.epochMs() };
    if (JSON.stringify(known?.faults) !== JSON.stringify(faults)) {
      events.emit('error', 'config.refused', file.path, { faults: faults.length, ...inEvent(told) });
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }

  #effects(next: LoadedConfig, diff: ConfigDifference): ConfigPreview['effects'] {
    const { open, clock } = this.#options;
    return diff.length === 0 ? [] : configEffects(open(), this.#config.settings, next.settings, diff, clock.epochMs());
  }

  #unaccepted({ warnings }: LoadedConfig): Phrase[] {
    return warnings.filter((warning) => !this.#accepted.has(inEnglish(warning)));
  }
}

function addingTarget(target: ConfigChange['targets']['set'][number]): ConfigChange {
  return { changes: {}, targets: { set: [target], remove: [] } };
}
