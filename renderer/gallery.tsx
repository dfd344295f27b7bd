/**
 * The console on the in-memory bridge, for looking at it in every state: `gallery.html?scene=busy#/connections`.
 * `&past=70`: as it was 70 minutes ago. Served in development only; the production build does not hold it.
 */
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { makeScene } from './bridge/memory/scenes.ts';
import { createConsoleStores } from './store/console-stores.ts';
import { followLanguage } from './store/language.ts';
import { documentVisibility } from './store/retained-stream.ts';
import { followTheme } from './styles/theme.ts';

const query = new URLSearchParams(location.search);
const bridge = makeScene(query.get('scene') ?? 'calm');
if (query.get('still') === null) {
  setInterval(() => bridge.step(), 100);
}
followLanguage();
followTheme();
const stores = createConsoleStores(bridge, documentVisibility(document));
const minutesBack = Number(query.get('past') ?? 0);
if (minutesBack > 0) {
  stores.timeMachine.goTo(Date.now() - minutesBack * 60_000);
}
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App stores={stores} />
    </StrictMode>,
  );
}
