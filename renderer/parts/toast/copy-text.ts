import { words } from '../words.ts';
import { tell } from './toasts.ts';

/** Puts it on the clipboard and says so; a browser may refuse. */
export function copyText(content: string, said: string = words.copy.done): void {
  navigator.clipboard.writeText(content).then(
    () => tell('good', said),
    () => tell('bad', words.copy.failed),
  );
}
