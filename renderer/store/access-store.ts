/** The access lists as the engine has them. */
import type { AccessFrame } from '../../core/contract/access.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { Observable } from './observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

export class AccessStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'access'>;
  #frame: AccessFrame | null = null;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'access', visibility, (frame) => {
      this.#frame = frame;
      this.changes.changed();
    });
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  readonly frame = (): AccessFrame | null => this.#frame;
}
