/** Electron's events: the first argument can be prevented, and remembers it. */
import type { EventEmitter } from 'node:events';

export interface ElectronEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function electronEvent<Extra extends object>(extra: Extra): ElectronEvent & Extra {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** Emits with a fresh event; true when a listener prevented it. */
export function emitPreventable(emitter: EventEmitter, name: string, extra: object, ...args: unknown[]): boolean {
  const event = electronEvent(extra);
  emitter.emit(name, event, ...args);
  return event.defaultPrevented;
}
