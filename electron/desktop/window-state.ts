/** Where the window was when it was last closed, in the data folder. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const minimumSize = { width: 960, height: 600 };
const firstSize = { width: 1440, height: 900 };

/** So much of the window must be on a screen that it can be dragged by hand. */
const graspablePx = 100;

function stateFile(dataFolder: string): string {
  return join(dataFolder, 'window.json');
}

/**
 * The size and, where a screen still shows it, the place of last time. A file that is missing or spoilt means a first
 * start: it holds nothing that somebody would miss.
 */
export function readWindowState(
  dataFolder: string,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number; maximised: boolean } {
  let state: WindowState;
  try {
    state = windowStateSchema.parse(JSON.parse(readFileSync(stateFile(dataFolder), 'utf8')));
  } catch {
    return { ...firstSize, maximised: false };
  }
  const size = {
    width: Math.max(state.width, minimumSize.width),
    height: Math.max(state.height, minimumSize.height),
    maximised: state.maximised,
  };
  const isOnScreen = workAreas.some(
    (area) =>
      state.x + size.width >= area.x + graspablePx &&
      state.x <= area.x + area.width - graspablePx &&
      state.y >= area.y &&
      state.y <= area.y + area.height - graspablePx,
  );
  return isOnScreen ? { ...size, x: state.x, y: state.y } : size;
}

/** Keeps the window's place. A data folder that cannot be written loses the place, never the window's closing. */
export function saveWindowState(
  dataFolder: string,
  window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>,
): void {
  const { x, y, width, height } = window.getNormalBounds();
  const state: WindowState = { x, y, width, height, maximised: window.isMaximized() };
  const file = stateFile(dataFolder);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    return;
  }
}
