/** The console as one component: providers, frame, views. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect } from 'react';
import { ErrorBoundary } from './parts/feedback/error-boundary.tsx';
import { Toaster } from './parts/toast/toaster.tsx';
import { keepFocus } from './shell/keep-focus.ts';
import { Shell } from './shell/shell.tsx';
import { words } from './shell/words.ts';
import type { ConsoleStores } from './store/console-stores.ts';
import { useLanguage } from './store/language.ts';
import { ConsoleProvider } from './store/use-console.ts';
import { AccessView } from './views/access/access-view.tsx';
import { AlertsView } from './views/alerts/alerts-view.tsx';
import { ConnectionsView } from './views/connections/connections-view.tsx';
import { EventsView } from './views/events/events-view.tsx';
import { HealthView } from './views/health/health-view.tsx';
import { OverviewView } from './views/overview/overview-view.tsx';
import { RequestsView } from './views/requests/requests-view.tsx';
import { SettingsView } from './views/settings/settings-view.tsx';
import { WarmUpView } from './views/warm-up/warm-up-view.tsx';

const views = {
  overview: OverviewView,
  connections: ConnectionsView,
  'warm-up': WarmUpView,
  health: HealthView,
  access: AccessView,
  requests: RequestsView,
  alerts: AlertsView,
  events: EventsView,
  settings: SettingsView,
};

/** The content security policy allows no `<style>` elements, so Base UI makes none; what they held is in `base.css`. */
export function App({ stores }: { readonly stores: ConsoleStores }) {
  // Drawn from the beginning in another language: words that a part has kept are those of the one before. What the
  // operator is doing is in the stores, so it stays.
  const language = useLanguage();
  useEffect(keepFocus, []);
  return (
    <CSPProvider disableStyleElements>
      <ConsoleProvider value={stores}>
        <Tooltip.Provider delay={500}>
          <Toaster>
            <ErrorBoundary key={language} what={words.wholePage}>
              <Shell views={views} />
            </ErrorBoundary>
          </Toaster>
        </Tooltip.Provider>
      </ConsoleProvider>
    </CSPProvider>
  );
}
