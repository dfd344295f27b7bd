/** What operators chose about their console: all of it at each change, for it is small. */
import type { KeptPreferences } from '../contract/preferences.ts';
import type { PreferenceActs } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

export class LivePreferences implements LiveSource<KeptPreferences> {
  readonly #preferences: Pick<PreferenceActs, 'current' | 'onChange'>;

  constructor(preferences: Pick<PreferenceActs, 'current' | 'onChange'>) {
    this.#preferences = preferences;
  }

  start(wake: () => void): () => void {
    return this.#preferences.onChange(wake);
  }

  open(): Cursor<KeptPreferences> {
    let seen: KeptPreferences | null = null;
    return {
      unfinished: false,
      pull: () => {
        const kept = this.#preferences.current();
        if (kept === seen) {
          return null;
        }
        seen = kept;
        return kept;
      },
      close: () => {},
    };
  }
}
