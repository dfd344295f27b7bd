/** A canvas that is sharp on every screen and drawn at most once a frame: on change, on resize, on a new theme. */
import { type PointerEvent, useEffect, useRef } from 'react';
import { themeChanges } from '../../styles/theme.ts';
import { cx } from '../class-names.ts';
import styles from './canvas.module.css';

export interface CanvasSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export type Draw = (context: CanvasRenderingContext2D, size: CanvasSize) => void;

export interface CanvasProps {
  readonly draw: Draw;
  /** Told when something outside React changed; returns the end of the subscription. */
  readonly changes?: ((listener: () => void) => () => void) | undefined;
  /** What the picture says, in words. */
  readonly label: string;
  readonly className?: string | undefined;
  /** CSS pixels inside the canvas; null when the pointer has left. */
  readonly onPoint?: (point: { x: number; y: number } | null, size: CanvasSize) => void;
  readonly onPick?: (point: { x: number; y: number }, size: CanvasSize) => void;
}

function pointOf(event: PointerEvent<HTMLCanvasElement> | React.MouseEvent<HTMLCanvasElement>) {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

export function Canvas({ draw, changes, label, className, onPoint, onPick }: CanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const drawRef = useRef(draw);
  const sizeRef = useRef<CanvasSize>({ width: 0, height: 0 });
  const askRef = useRef<() => void>(() => undefined);

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) {
      return;
    }
    let planned = 0;
    const paint = (): void => {
      planned = 0;
      const { width, height } = sizeRef.current;
      if (width > 0 && height > 0) {
        const scale = window.devicePixelRatio || 1;
        const pixelWidth = Math.round(width * scale);
        const pixelHeight = Math.round(height * scale);
        if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
          canvas.width = pixelWidth;
          canvas.height = pixelHeight;
        }
        context.setTransform(scale, 0, 0, scale, 0, 0);
        context.clearRect(0, 0, width, height);
        drawRef.current(context, sizeRef.current);
      }
    };
    const ask = (): void => {
      planned ||= requestAnimationFrame(paint);
    };
    askRef.current = ask;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) {
        sizeRef.current = { width: entry.contentRect.width, height: entry.contentRect.height };
        ask();
      }
    });
    observer.observe(canvas);
    themeChanges.addEventListener('change', ask);
    return () => {
      observer.disconnect();
      themeChanges.removeEventListener('change', ask);
      cancelAnimationFrame(planned);
    };
  }, []);

  useEffect(() => {
    drawRef.current = draw;
    askRef.current();
  }, [draw]);

  useEffect(() => changes?.(() => askRef.current()), [changes]);

  return (
    <canvas
      ref={canvasRef}
      role="img"
      aria-label={label}
      className={cx(styles.canvas, className)}
      onPointerMove={onPoint && ((event) => onPoint(pointOf(event), sizeRef.current))}
      onPointerLeave={onPoint && (() => onPoint(null, sizeRef.current))}
      onClick={onPick && ((event) => onPick(pointOf(event), sizeRef.current))}
    />
  );
}
