/**
 * The console on the in-memory bridge, for looking at it: `gallery.html` lists what there is, `?parts` shows every part
 * in every state, `?scene=busy#/connections` a view in a scene, `?open=palette` what stands over one. `past=70`: as it was
 * 70 minutes ago. `still`: time stands. `fonts`: its own fonts, the same on every machine. Served in development and to
 * the tests of its pictures; the production build does not hold it.
 */
import '../styles/base.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app.tsx';
import { makeScene } from '../bridge/memory/scenes.ts';
import { createConsoleStores } from '../store/console-stores.ts';
import { followLanguage, useLanguage } from '../store/language.ts';
import { documentVisibility } from '../store/retained-stream.ts';
import { ConsoleProvider } from '../store/use-console.ts';
import { followTheme } from '../styles/theme.ts';
import { Catalogue } from './catalogue.tsx';
import { openingNames } from './opening-names.ts';
import { openings } from './openings.ts';
import { PartsPage } from './parts-page.tsx';

const stepMs = 100;
const query = new URLSearchParams(location.search);

/** Drawn anew in another language, as the console is. */
function InLanguage({ children }: { readonly children: (language: string) => ReactNode }) {
  return children(useLanguage());
}

function page(): ReactNode {
  const name = openingNames.find((each) => each === query.get('open'));
  const opening = name && openings[name];
  const scene = opening?.scene ?? query.get('scene');
  if (scene === null && query.get('parts') === null) {
    return <Catalogue />;
  }
  const bridge = makeScene(scene ?? 'calm');
  if (query.get('still') === null) {
    setInterval(() => bridge.step(), stepMs);
  }
  const stores = createConsoleStores(bridge, documentVisibility(document));
  const minutesBack = Number(query.get('past') ?? 0);
  if (minutesBack > 0) {
    stores.timeMachine.goTo(Date.now() - minutesBack * 60_000);
  }
  if (opening) {
    location.hash = opening.address;
    void opening.open(stores);
  }
  return scene === null ? (
    <ConsoleProvider value={stores}>
      <Tooltip.Provider>
        <InLanguage>{(language) => <PartsPage key={language} />}</InLanguage>
      </Tooltip.Provider>
    </ConsoleProvider>
  ) : (
    <App stores={stores} />
  );
}

if (query.get('fonts') !== null) {
  const { loadFonts } = await import('./gallery-fonts.ts');
  await loadFonts();
}
followLanguage();
followTheme();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<StrictMode>{page()}</StrictMode>);
}
