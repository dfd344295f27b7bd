/**
 * One stream, subscribed while somebody needs it and the page can be seen. Leaving lingers a little, so that walking
 * from one view to the next costs no new picture.
 */
import type { ConsoleApi, StreamFrame, StreamName } from '../../core/contract/index.ts';

const lingerMs = 3_000;

/** Whether the page can be seen, and word when that changes. */
export interface PageVisibility {
  visible(): boolean;
  listen(listener: () => void): () => void;
}

export function documentVisibility(page: Document): PageVisibility {
  return {
    visible: () => page.visibilityState === 'visible',
    listen: (listener) => {
      page.addEventListener('visibilitychange', listener);
      return () => page.removeEventListener('visibilitychange', listener);
    },
  };
}

export class RetainedStream<Name extends StreamName> {
  readonly #api: ConsoleApi;
  readonly #name: Name;
  readonly #visibility: PageVisibility;
  readonly #listener: (frame: StreamFrame<Name>) => void;
  readonly #onLeave: () => void;
  #holders = 0;
  #end: (() => void) | null = null;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  /** `onLeave`: what has come grows old from here on. */
  constructor(
    api: ConsoleApi,
    name: Name,
    visibility: PageVisibility,
    listener: (frame: StreamFrame<Name>) => void,
    onLeave: () => void = () => undefined,
  ) {
    this.#api = api;
    this.#name = name;
    this.#visibility = visibility;
    this.#listener = listener;
    this.#onLeave = onLeave;
    visibility.listen(() => this.#settle());
  }

  /** Needs the stream until the returned function is called. */
  retain(): () => void {
    this.#holders += 1;
    clearTimeout(this.#lingering);
    this.#settle();
    let held = true;
    return () => {
      if (held) {
        held = false;
        this.#holders -= 1;
        clearTimeout(this.#lingering);
        this.#lingering = setTimeout(() => this.#settle(), lingerMs);
      }
    };
  }

  /** Leaves and comes back: the next frame is a complete picture. */
  renew(): void {
    if (this.#end) {
      this.#end();
      this.#end = this.#api.subscribe(this.#name, this.#listener);
    }
  }

  #settle(): void {
    const wanted = this.#holders > 0 && this.#visibility.visible();
    if (wanted && !this.#end) {
      this.#end = this.#api.subscribe(this.#name, this.#listener);
    } else if (!wanted && this.#end) {
      this.#end();
      this.#end = null;
      this.#onLeave();
    }
  }
}
