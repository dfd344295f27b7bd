/** `Notification`: what main shows is recorded, and the newest can be clicked by a test; it is drawn nowhere. */
import { EventEmitter } from 'node:events';
import { channel } from './channel.ts';
import { electronEvent } from './electron-event.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly urgency?: string;
}

const shown = new Set<Notification>();

export class Notification extends EventEmitter {
  readonly #options: NotificationOptions;

  constructor(options: NotificationOptions = {}) {
    super();
    this.#options = options;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    channel.record('notification.show', this.#options);
    shown.add(this);
    this.emit('show', electronEvent({}));
  }

  close(): void {
    if (shown.delete(this)) {
      channel.record('notification.close', this.#options);
      this.emit('close', electronEvent({}));
    }
  }
}

export function clickNotification(): boolean {
  const newest = [...shown].at(-1);
  newest?.emit('click', electronEvent({}));
  return newest !== undefined;
}
