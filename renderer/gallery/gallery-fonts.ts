/** Fonts of the gallery's own, so that its pictures are the same on every machine, whatever is installed there. */
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@fontsource-variable/noto-sans-sc';
import './gallery-fonts.css';

const families = ['Inter Variable', 'JetBrains Mono Variable'] as const;

/** Before anything is drawn: a canvas asks for no font that is not there, and is not drawn again when it comes. */
export async function loadFonts(): Promise<void> {
  await Promise.all(families.map((family) => document.fonts.load(`12px "${family}"`)));
}
