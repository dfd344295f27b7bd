/** Requests of the operator's own, and load runs. */
import CircleStop from 'lucide-react/icons/circle-stop';
import Gauge from 'lucide-react/icons/gauge';
import PencilLine from 'lucide-react/icons/pencil-line';
import Send from 'lucide-react/icons/send';
import Terminal from 'lucide-react/icons/terminal';
import { ContractError } from '../../core/contract/errors.ts';
import type { LoadJobInput } from '../../core/contract/load-run.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { curlOf } from '../store/curl.ts';
import { changeScreen } from '../store/screen.ts';
import { beginRequest, endRequest, type RequestDraft, type SentEntry } from '../store/sent-requests.ts';
import { goTo } from '../store/view-route.ts';
import { failureText } from '../words/failure-text.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

/** What comes of it stands in the list of sent requests. */
export const sendRequest: Action<RequestDraft> = {
  id: 'requests.send',
  words: words.sendRequest,
  keys: null,
  icon: Send,
  needsEngine: true,
  run: async ({ bridge }, draft) => {
    const ticket = beginRequest(draft);
    try {
      endRequest(ticket, { result: await bridge.request('requests.send', { ...draft, ticket }) });
    } catch (error) {
      const isLost = error instanceof ContractError && error.code === 'disconnected';
      endRequest(ticket, { refusal: { message: failureText(error), isLost } });
      throw error;
    }
  },
};

/** By its ticket. */
export const cancelRequest: Action<string> = {
  id: 'requests.cancel',
  words: words.cancelRequest,
  keys: null,
  icon: CircleStop,
  needsEngine: true,
  run: async ({ bridge }, ticket) => {
    await bridge.request('requests.cancel', { ticket });
  },
};

/** The form, filled; nothing is sent before the operator says so. */
export const prepareRequest: Action<RequestDraft> = {
  id: 'requests.prepare',
  words: words.prepareRequest,
  keys: null,
  icon: PencilLine,
  needsEngine: true,
  run: (_stores, requestWish) => {
    goTo('requests', 'send');
    changeScreen({ requestWish });
  },
};

/** The form, for the host's own path; `ip` null: the pool chooses. */
export const prepareRequestTo: Action<{ readonly host: string; readonly ip: string | null }> = {
  id: 'requests.prepare-to',
  words: words.prepareRequestTo,
  keys: null,
  icon: Send,
  needsEngine: true,
  run: (stores, { host, ip }) => {
    const path = stores.session.current()?.hosts.find((one) => one.host === host)?.path ?? '/';
    return prepareRequest.run(stores, { method: 'GET', url: `https://${host}${path}`, ip });
  },
};

/** The same request for a terminal, to the same IP. */
export const copyCurl: Action<SentEntry> = {
  id: 'requests.copy-curl',
  words: words.copyCurl,
  keys: null,
  icon: Terminal,
  run: async ({ config, session }, entry) => {
    await navigator.clipboard.writeText(curlOf(entry, config.current(), session.current()?.mode === 'demo'));
    tell('good', () => words.copiedCurl);
  },
};

export const openLoad: Action = {
  id: 'load.open',
  words: words.openLoad,
  keys: null,
  icon: Gauge,
  needsEngine: true,
  run: () => goTo('requests', 'load'),
};

export const startLoad: Action<LoadJobInput> = {
  id: 'load.start',
  words: words.startLoad,
  keys: null,
  icon: Gauge,
  needsEngine: true,
  run: async ({ bridge }, job) => {
    await bridge.request('load.start', job);
    changeScreen({ shownLoadRun: null });
  },
};

export const cancelLoad: Action<number> = {
  id: 'load.cancel',
  words: words.cancelLoad,
  keys: null,
  icon: CircleStop,
  needsEngine: true,
  run: async ({ bridge }, runId) => {
    await bridge.request('load.cancel', { runId });
  },
};
