/** Every action of the console. */
import Activity from 'lucide-react/icons/activity';
import Ban from 'lucide-react/icons/ban';
import Bell from 'lucide-react/icons/bell';
import BellOff from 'lucide-react/icons/bell-off';
import BellRing from 'lucide-react/icons/bell-ring';
import Bug from 'lucide-react/icons/bug';
import Cable from 'lucide-react/icons/cable';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleStop from 'lucide-react/icons/circle-stop';
import Contrast from 'lucide-react/icons/contrast';
import Flame from 'lucide-react/icons/flame';
import Gauge from 'lucide-react/icons/gauge';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import History from 'lucide-react/icons/history';
import ListChecks from 'lucide-react/icons/list-checks';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import PlugZap from 'lucide-react/icons/plug-zap';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import RotateCw from 'lucide-react/icons/rotate-cw';
import Scale from 'lucide-react/icons/scale';
import ScanSearch from 'lucide-react/icons/scan-search';
import ScrollText from 'lucide-react/icons/scroll-text';
import Search from 'lucide-react/icons/search';
import Server from 'lucide-react/icons/server';
import ServerOff from 'lucide-react/icons/server-off';
import Settings from 'lucide-react/icons/settings';
import Snowflake from 'lucide-react/icons/snowflake';
import Undo2 from 'lucide-react/icons/undo-2';
import Unplug from 'lucide-react/icons/unplug';
import Wrench from 'lucide-react/icons/wrench';
import type { AccessApplied, AccessChange } from '../../core/contract/access.ts';
import type { ConfigDifference, ConfigKey, ConfigValue } from '../../core/contract/config.ts';
import type { RequestInput } from '../../core/contract/index.ts';
import type { WarmUpJobInput } from '../../core/contract/warm-up.ts';
import { tell } from '../parts/toast/toasts.ts';
import { changeDraft, withAdditions, withoutApplied } from '../store/access-draft.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { changePreferences, themes, usePreferences } from '../store/preferences.ts';
import { changeScreen, useScreen, type WarmUpWish } from '../store/screen.ts';
import { goTo, type ViewName } from '../store/view-route.ts';
import { type Action, runAction } from './action.ts';
import { words } from './words.ts';

function viewAction(view: ViewName, keys: string, icon: Action['icon']): Action {
  const { label, hint } = words.views[view];
  return { id: `view.${view}`, label, hint, keys, icon, run: () => goTo(view) };
}

/** The views in the order of the navigation; each keeps its number, whatever else is there. */
export const viewActions = {
  overview: viewAction('overview', '1', Gauge),
  connections: viewAction('connections', '2', Cable),
  'warm-up': viewAction('warm-up', '3', Flame),
  health: viewAction('health', '4', HeartPulse),
  access: viewAction('access', '5', ListChecks),
  alerts: viewAction('alerts', '7', Bell),
  events: viewAction('events', '8', ScrollText),
  settings: viewAction('settings', ',', Settings),
} as const satisfies Record<ViewName, Action>;

export const openWarmUp: Action = {
  id: 'warm-up.open',
  ...words.openWarmUp,
  keys: 'w',
  icon: Flame,
  run: () => {
    goTo('warm-up');
    changeScreen({ focusWarmUpForm: true });
  },
};

/** The form, filled with what a diagnosis would have warmed; nothing starts before the operator says so. */
export const prepareWarmUp: Action<WarmUpWish> = {
  id: 'warm-up.prepare',
  ...words.prepareWarmUp,
  keys: null,
  icon: Flame,
  run: (_stores, warmUpWish) => {
    goTo('warm-up');
    changeScreen({ warmUpWish, focusWarmUpForm: true });
  },
};

export const startWarmUp: Action<WarmUpJobInput> = {
  id: 'warm-up.start',
  ...words.startWarmUp,
  keys: null,
  icon: Flame,
  needsEngine: true,
  run: async ({ bridge }, job) => {
    const { runId } = await bridge.request('warmUp.start', job);
    changeScreen({ shownRun: runId });
  },
};

export const cancelWarmUp: Action<number> = {
  id: 'warm-up.cancel',
  ...words.cancelWarmUp,
  keys: null,
  icon: CircleStop,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.cancel', { runId });
  },
};

export const pauseWarmUp: Action<number> = {
  id: 'warm-up.pause',
  ...words.pauseWarmUp,
  keys: null,
  icon: Pause,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.pause', { runId });
  },
};

export const resumeWarmUp: Action<number> = {
  id: 'warm-up.resume',
  ...words.resumeWarmUp,
  keys: null,
  icon: Play,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('warmUp.resume', { runId });
  },
};

/** What failed in a run is tried again by a run of its own, which is shown. */
export const retryWarmUp: Action<number> = {
  id: 'warm-up.retry-failed',
  ...words.retryWarmUp,
  keys: null,
  icon: RotateCcw,
  needsEngine: true,
  run: async ({ bridge }, failedRunId) => {
    const { runId } = await bridge.request('warmUp.retryFailed', { runId: failedRunId });
    changeScreen({ shownRun: runId });
  },
};

export const checkAll: Action = {
  id: 'health.check-all',
  ...words.checkAll,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }) => {
    const result = await bridge.request('health.checkAll', {});
    tell(result.unhealthy > 0 ? 'info' : 'good', words.checkedAll(result));
  },
};

export const cleanUpUnhealthy: Action = {
  id: 'health.clean-up',
  ...words.cleanUp,
  keys: null,
  icon: Activity,
  needsEngine: true,
  run: async ({ bridge }) => {
    const { closed } = await bridge.request('health.cleanUpUnhealthy', {});
    tell('good', words.cleanedUp(closed));
  },
};

export const checkConnections: Action<readonly number[]> = {
  id: 'connections.check',
  ...words.checkConnections,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }, ids) => {
    const { acted } = await bridge.request('connections.check', { ids: [...ids] });
    tell('good', words.checkedConnections(acted, ids.length));
  },
};

export const closeConnections: Action<readonly number[]> = {
  id: 'connections.close',
  ...words.closeConnections,
  keys: null,
  icon: Unplug,
  needsEngine: true,
  run: async ({ bridge }, ids) => {
    const { acted } = await bridge.request('connections.close', { ids: [...ids] });
    tell('good', words.closedConnections(acted, ids.length));
  },
};

/** Puts the IPs on the black list's draft; what it would close is shown there, before anything happens. */
export const blockIps: Action<readonly string[]> = {
  id: 'connections.block-ip',
  ...words.blockIps,
  keys: null,
  icon: Ban,
  run: (_stores, ips) => {
    changeDraft((draft) =>
      withAdditions(
        draft,
        [...new Set(ips)].map((value) => ({ list: 'black', value, note: '', expiresAtMs: null })),
      ),
    );
    goTo('access');
  },
};

/** Everything about one IP, in a drawer beside whatever is shown. */
export const inspectIp: Action<string> = {
  id: 'ip.inspect',
  ...words.inspectIp,
  keys: null,
  icon: ScanSearch,
  run: (_stores, ip) => changeScreen({ inspectedIp: ip }),
};

export const probeIp: Action<{ readonly host: string; readonly ip: string; readonly port: number }> = {
  id: 'ip.probe',
  ...words.probeIp,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }, endpoint) => {
    const { started } = await bridge.request('health.probe', endpoint);
    tell('info', words.probed(endpoint.ip, started));
  },
};

export const showConnections: Action<string> = {
  id: 'connections.show',
  ...words.showConnections,
  keys: null,
  icon: Cable,
  run: (_stores, filter) => {
    changePreferences({ connectionFilter: filter });
    goTo('connections');
  },
};

export const freezeConnections: Action = {
  id: 'connections.freeze',
  ...words.freeze,
  keys: 'f',
  icon: Snowflake,
  run: () => changeScreen({ frozen: !useScreen.getState().frozen }),
};

export const focusFilter: Action = {
  id: 'view.filter',
  ...words.focusFilter,
  keys: '/',
  icon: Search,
  run: () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
};

export const applyAccess: Action<AccessChange> = {
  id: 'access.apply',
  ...words.applyAccess,
  keys: null,
  icon: ListChecks,
  needsEngine: true,
  run: async (stores, change) => {
    const result = await stores.bridge.request('access.apply', change);
    changeDraft((draft) => withoutApplied(draft, change));
    tellChanged(stores, words.appliedAccess(result.added, result.removed), result);
  },
};

export const undoAccess: Action<{ readonly changeId: number; readonly partial?: boolean }> = {
  id: 'access.undo',
  ...words.undoAccess,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: async (stores, input) => {
    const result = await stores.bridge.request('access.undo', input);
    tellChanged(stores, words.undoneAccess(result.added, result.removed), result);
  },
};

function tellChanged(stores: ConsoleStores, title: string, { changeId, impact }: AccessApplied): void {
  const undo =
    changeId === null
      ? undefined
      : { label: words.undoAccess.label, run: () => void runAction(undoAccess, stores, { changeId }) };
  tell('good', title, words.closedByAccess(impact), undo);
}

export const acknowledgeAlert: Action<RequestInput<'alerts.acknowledge'>> = {
  id: 'alerts.acknowledge',
  ...words.acknowledgeAlert,
  keys: null,
  icon: CircleCheck,
  needsEngine: true,
  run: async ({ bridge }, input) => {
    await bridge.request('alerts.acknowledge', input);
    tell('good', words.acknowledgedAlert);
  },
};

export const muteAlert: Action<{ readonly id: number; readonly minutes: number }> = {
  id: 'alerts.mute',
  ...words.muteAlert,
  keys: null,
  icon: BellOff,
  needsEngine: true,
  run: async ({ bridge }, input) => {
    await bridge.request('alerts.mute', input);
    tell('good', words.mutedAlert(input.minutes));
  },
};

export const unmuteAlert: Action<number> = {
  id: 'alerts.unmute',
  ...words.unmuteAlert,
  keys: null,
  icon: BellRing,
  needsEngine: true,
  run: async ({ bridge }, id) => {
    await bridge.request('alerts.unmute', { id });
  },
};

export const showAlert: Action<number> = {
  id: 'alerts.show',
  ...words.showAlert,
  keys: null,
  icon: Bell,
  run: (_stores, id) => goTo('alerts', String(id)),
};

export const updateConfig: Action<Record<string, ConfigValue>> = {
  id: 'config.update',
  ...words.updateConfig,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, changes) => {
    const { diff, warnings } = await bridge.request('config.update', { changes });
    tell('good', words.updatedConfig(diff.length), warnings.join('\n') || undefined);
  },
};

/** Changes of the settings' form, for the revision that they were looked at with. */
export const saveSettings: Action<{
  readonly changes: Readonly<Record<string, ConfigValue | null>>;
  readonly revision: string;
}> = {
  id: 'config.save',
  ...words.saveSettings,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, change) => {
    const { diff, applied, file } = await bridge.request('config.update', change);
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
  },
};

type ConfigValues = Readonly<Record<string, ConfigValue | null>>;

/** A diagnosis' remedy, for the revision that its diff was looked at with; the message of it takes it back. */
export const applyRemedy: Action<{ readonly changes: ConfigValues; readonly revision: string }> = {
  id: 'diagnosis.apply',
  ...words.applyRemedy,
  keys: null,
  icon: Wrench,
  needsEngine: true,
  run: async (stores, change) => {
    const { keys } = await stores.bridge.request('config.get', {});
    const { diff, applied, warnings } = await stores.bridge.request('config.update', change);
    const before = valuesBefore(diff, change.changes, keys);
    tell('good', words.savedSettings(diff.length, applied), warnings.join('\n') || undefined, {
      label: words.undoRemedy.label,
      run: () => void runAction(undoRemedy, stores, before),
    });
  },
};

export const undoRemedy: Action<ConfigValues> = {
  id: 'diagnosis.undo',
  ...words.undoRemedy,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: async ({ bridge }, changes) => {
    const { diff } = await bridge.request('config.update', { changes });
    tell('good', words.undoneRemedy(diff.length));
  },
};

/** What takes a change back: a key that was not written goes out of the file again, and to its default. */
function valuesBefore(diff: ConfigDifference, changes: ConfigValues, keys: readonly ConfigKey[]): ConfigValues {
  const written = new Set(keys.filter((key) => key.written).map(({ path }) => path));
  return Object.fromEntries(
    diff.filter(({ path }) => path in changes).map(({ path, before }) => [path, written.has(path) ? before : null]),
  );
}

export const saveConfigText: Action<{ readonly text: string; readonly revision: string }> = {
  id: 'config.save-text',
  ...words.saveConfigText,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, text) => {
    const { diff, applied, file } = await bridge.request('config.saveText', text);
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
  },
};

export const openDemoFaults: Action = {
  id: 'demo.faults',
  ...words.openDemoFaults,
  keys: 'd',
  icon: Bug,
  run: () => changeScreen({ demoDialog: 'faults' }),
};

export const setDemoFault: Action<RequestInput<'demo.setFault'>> = {
  id: 'demo.set-fault',
  ...words.setDemoFault,
  keys: null,
  icon: Bug,
  needsEngine: true,
  run: async ({ bridge }, wish) => {
    const { endpoints } = await bridge.request('demo.setFault', wish);
    tell('good', words.demoFaultSet(wish.fault, endpoints));
  },
};

export const openOwnHost: Action = {
  id: 'demo.own-host',
  ...words.openOwnHost,
  keys: null,
  icon: Server,
  run: () => changeScreen({ demoDialog: 'own-host' }),
};

export const watchOwnHost: Action<RequestInput<'demo.watchOwn'>> = {
  id: 'demo.watch-own',
  ...words.watchOwnHost,
  keys: null,
  icon: Server,
  needsEngine: true,
  run: async ({ bridge, session }, target) => {
    const { file } = await bridge.request('demo.watchOwn', target);
    session.refresh();
    tell('good', words.ownHostWatched(target.host.trim()), words.savedWhere(file));
  },
};

/** A host is added, or keys of one that is watched are changed. */
export const saveTarget: Action<{
  readonly host: string;
  readonly values: Readonly<Record<string, ConfigValue | null>>;
  readonly revision: string;
}> = {
  id: 'targets.save',
  ...words.saveTarget,
  keys: null,
  icon: Server,
  needsEngine: true,
  run: async ({ bridge, session }, { host, values, revision }) => {
    const { diff, applied, file } = await bridge.request('config.update', {
      targets: { set: [{ host, values }] },
      revision,
    });
    session.refresh();
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
  },
};

export const removeTarget: Action<{ readonly host: string; readonly revision: string }> = {
  id: 'targets.remove',
  ...words.removeTarget,
  keys: null,
  icon: ServerOff,
  needsEngine: true,
  run: async ({ bridge, session }, { host, revision }) => {
    const { diff, applied, file } = await bridge.request('config.update', { targets: { remove: [host] }, revision });
    session.refresh();
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
  },
};

/** Puts an earlier version's text where it can be looked at. */
export const openConfigVersion: Action<{ readonly id: string; readonly show: (text: string) => void }> = {
  id: 'config.open-version',
  ...words.openConfigVersion,
  keys: null,
  icon: History,
  needsEngine: true,
  run: async ({ bridge }, { id, show }) => {
    const { text } = await bridge.request('config.version', { id });
    show(text);
  },
};

export const reconnect: Action = {
  id: 'link.retry',
  ...words.reconnect,
  keys: null,
  icon: RotateCw,
  run: ({ bridge }) => bridge.retryNow(),
};

export const nextTheme: Action = {
  id: 'theme.next',
  ...words.nextTheme,
  keys: null,
  icon: Contrast,
  run: () => {
    const { theme } = usePreferences.getState();
    changePreferences({ theme: themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'dark' });
  },
};

export const reload: Action = {
  id: 'page.reload',
  ...words.reload,
  keys: null,
  icon: PlugZap,
  run: () => location.reload(),
};

/** Those that need nothing to be chosen first: they have keys, and a palette can list them. */
export const globalActions: readonly Action[] = [
  ...Object.values(viewActions),
  openWarmUp,
  checkAll,
  cleanUpUnhealthy,
  freezeConnections,
  focusFilter,
  openDemoFaults,
  openOwnHost,
  nextTheme,
];
