/** Watching a folder: a file that editors replace by renaming is seen by its folder, not by itself. */
import { watch } from 'node:fs';
import type { Clock, Timer } from '../base/clock.ts';

/** Calls back with the name of a file that may have changed, null for any. Returns the function that ends it. */
export type FolderWatch = (folder: string, onEvent: (name: string | null) => void) => () => void;

const pollMs = 2_000;

/** The system's notices; where it gives none (some network folders, too many watches), a look each 2 s. */
export function folderWatch(clock: Clock): FolderWatch {
  return (folder, onEvent) => {
    let timer: Timer | null = null;
    let ended = false;
    const poll = (): void => {
      if (!ended) {
        timer = clock.after(pollMs, () => {
          onEvent(null);
          poll();
        });
      }
    };
    let stop = (): void => undefined;
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => onEvent(name));
      stop = () => watcher.close();
      watcher.on('error', () => {
        watcher.close();
        poll();
      });
    } catch {
      poll();
    }
    return () => {
      ended = true;
      timer?.cancel();
      stop();
    };
  };
}
