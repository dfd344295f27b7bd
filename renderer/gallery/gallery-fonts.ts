/** Fonts of the gallery's own, so that its pictures are the same on every machine, whatever is installed there. */
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@fontsource-variable/noto-sans-sc';
import './gallery-fonts.css';
