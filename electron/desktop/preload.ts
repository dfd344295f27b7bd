/**
 * The only thing between the console and main: two functions, the page's own zoom, and its language. It knows five channels, and
 * neither Electron's objects nor its events ever cross to the page (points 3, 4 and 20 of Electron's security checklist).
 */
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import type { DesktopBridge } from '../../core/contract/desktop-bridge.ts';
import type { ClientMessage, HostMessage } from '../../core/contract/messages.ts';
import { frameChannel, heardChannel, languageChannel, requestChannel, subscriptionChannel } from './channels.ts';

const listeners = new Map<number, (message: HostMessage) => void>();
/** From the clock, so that a frame on its way to the document before a reload fits no subscription of this one. */
let lastSubscription = Date.now();

/** Said of so many at a time: a page that stands still says nothing, and main sends it nothing more. */
const heardAtOnce = 8;
let heard = 0;

ipcRenderer.on(frameChannel, (_event, message: HostMessage) => {
  if (message.id !== null) {
    listeners.get(message.id)?.(message);
  }
  heard += 1;
  if (heard >= heardAtOnce) {
    // Main that cannot be told any more sends nothing either.
    ipcRenderer.invoke(heardChannel, heard).catch(() => undefined);
    heard = 0;
  }
});

function tell(message: Exclude<ClientMessage, { type: 'request' }>): Promise<void> {
  return ipcRenderer.invoke(subscriptionChannel, message);
}

const bridge: DesktopBridge = {
  request: (message) => ipcRenderer.invoke(requestChannel, message),
  subscribe(stream, listener) {
    lastSubscription += 1;
    const id = lastSubscription;
    listeners.set(id, listener);
    tell({ type: 'subscribe', id, stream }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      listener({ type: 'error', id, error: { code: 'disconnected', message: reason, issues: [] } });
    });
    return () => {
      if (listeners.delete(id)) {
        // Main that cannot be told any more has no subscription to end.
        tell({ type: 'unsubscribe', id }).catch(() => undefined);
      }
    };
  },
  zoom: () => webFrame.getZoomFactor(),
  setZoom: (factor) => webFrame.setZoomFactor(factor),
  setLanguage: (language) => ipcRenderer.invoke(languageChannel, language),
};

contextBridge.exposeInMainWorld('hotpool', bridge);
