/** The configuration's state: a complete picture at each change of it or of its file. */
import type { ConfigState } from '../contract/config.ts';
import type { RunningConfig } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

export class LiveConfigState implements LiveSource<ConfigState> {
  readonly #config: Pick<RunningConfig, 'state' | 'onChange'>;
  #changes = 0;

  constructor(config: Pick<RunningConfig, 'state' | 'onChange'>) {
    this.#config = config;
  }

  start(wake: () => void): () => void {
    return this.#config.onChange(() => {
      this.#changes += 1;
      wake();
    });
  }

  open(): Cursor<ConfigState> {
    let seen = -1;
    return {
      unfinished: false,
      pull: () => {
        if (seen === this.#changes) {
          return null;
        }
        seen = this.#changes;
        return this.#config.state();
      },
      close: () => {},
    };
  }
}
