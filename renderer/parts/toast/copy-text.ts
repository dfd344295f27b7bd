import { words } from '../words.ts';
import { type Said, tell } from './toasts.tsx';

/** Puts it on the clipboard and says so; a browser may refuse. */
export function copyText(content: string, said: Said = () => words.copy.done): void {
  navigator.clipboard.writeText(content).then(
    () => tell('good', said),
    () => tell('bad', () => words.copy.failed),
  );
}
