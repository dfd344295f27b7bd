/**
 * The console on the in-memory bridge, for looking at it in every state: `gallery.html?scene=busy#/connections`.
 * Served in development only; the production build does not hold it.
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
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App stores={createConsoleStores(bridge, documentVisibility(document))} />
    </StrictMode>,
  );
}
