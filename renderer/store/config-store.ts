/** The configuration that runs: its state by the stream, its keys asked for anew with each revision. */
import type { ConfigState } from '../../core/contract/config.ts';
import type { ConsoleApi, RequestOutput } from '../../core/contract/index.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

export type RunningConfig = RequestOutput<'config.get'>;

export class ConfigStore {
  readonly changes = new Observable();
  readonly #api: ConsoleApi;
  readonly #stream: RetainedStream<'config'>;
  #current: RunningConfig | null = null;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#api = api;
    this.#stream = new RetainedStream(api, 'config', visibility, (state) => this.apply(state));
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  /** null before the first answer. */
  readonly current = (): RunningConfig | null => this.#current;

  apply(state: ConfigState): void {
    if (this.#current !== null) {
      this.#current = { ...this.#current, ...state };
      this.changes.changed();
    }
    this.#api.request('config.get', {}).then(
      (config) => {
        this.#current = config;
        this.changes.changed();
      },
      // The link's own state tells that nobody answers; the stream begins anew when it is back.
      () => undefined,
    );
  }
}
