/** Where the page begins: finds its host, wires the stores to it, draws. */
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { DesktopBridge } from '../core/contract/desktop-bridge.ts';
import { App } from './app.tsx';
import { hashHoldsToken, takeAccessToken } from './bridge/access-token.ts';
import type { ConsoleBridge } from './bridge/console-bridge.ts';
import { ElectronBridge } from './bridge/electron-bridge.ts';
import { connectToHost, refusedBridge } from './bridge/websocket-bridge.ts';
import { words } from './display/words.ts';
import { tell } from './parts/toast/toasts.tsx';
import { createConsoleStores } from './store/console-stores.ts';
import { keepPreferences } from './store/kept-preferences.ts';
import { followLanguage } from './store/language.ts';
import { documentVisibility } from './store/retained-stream.ts';
import { guardDrafts } from './store/tab-storage.ts';
import { followZoom } from './store/zoom.ts';
import { followTheme } from './styles/theme.ts';
import { failureText } from './words/failure-text.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload; absent in a browser. */
    readonly hotpool?: DesktopBridge;
  }
}

function findBridge(): ConsoleBridge {
  if (window.hotpool) {
    return new ElectronBridge(window.hotpool);
  }
  const token = takeAccessToken(window);
  // A new address with a new key, pasted into this tab, changes only the fragment: begin anew with it.
  window.addEventListener('hashchange', () => {
    if (hashHoldsToken(location.hash)) {
      location.reload();
    }
  });
  return token === null ? refusedBridge() : connectToHost(token);
}

if (!window.hotpool) {
  // A desktop's window that is kept from closing is not closed at all: there nobody is asked.
  guardDrafts(window);
}
followLanguage(window);
followTheme();
followZoom(window);
const bridge = findBridge();
keepPreferences(bridge, (error) =>
  tell(
    'warn',
    () => words.notKept,
    () => failureText(error),
  ),
);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App stores={createConsoleStores(bridge, documentVisibility(document))} />
    </StrictMode>,
  );
}
