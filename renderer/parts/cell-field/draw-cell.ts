/** How one cell is painted. */
import { token } from '../../styles/theme.ts';

export interface CellLook {
  /** A colour token. */
  readonly color: `--${string}`;
  /** Told apart without colour: a filled square, a frame, or a square with a cut corner. */
  readonly shape: 'full' | 'frame' | 'notched';
}

export function drawCell(context: CanvasRenderingContext2D, look: CellLook, x: number, y: number, side: number): void {
  const color = token(look.color);
  if (look.shape === 'frame' && side > 4) {
    context.strokeStyle = color;
    context.lineWidth = 1.2;
    context.strokeRect(x + 0.6, y + 0.6, side - 1.2, side - 1.2);
    return;
  }
  context.fillStyle = color;
  if (look.shape === 'notched' && side > 4) {
    const cut = side * 0.42;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + side - cut, y);
    context.lineTo(x + side, y + cut);
    context.lineTo(x + side, y + side);
    context.lineTo(x, y + side);
    context.fill();
    return;
  }
  context.fillRect(x, y, side, side);
}

/** The font is a fixed-width one of 11 px. */
const charWidth = 6.7;

/** The end of an address tells more than its beginning. */
function clipped(text: string, width: number): string {
  const most = Math.max(3, Math.floor(width / charWidth));
  return text.length <= most ? text : `…${text.slice(1 - most)}`;
}

/** A wide cell: its square at the front, its name behind, a wash of its colour over all. */
export function drawLabelled(
  context: CanvasRenderingContext2D,
  look: CellLook,
  name: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.fillStyle = token(look.color);
  context.globalAlpha = 0.13;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  drawCell(context, look, x + 6, y + (height - 8) / 2, 8);
  context.fillStyle = token('--text-2');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(clipped(name, width - 26), x + 20, y + height / 2 + 0.5);
}
