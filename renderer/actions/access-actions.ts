/** The access lists: applied, and taken back. */
import Ban from 'lucide-react/icons/ban';
import ListChecks from 'lucide-react/icons/list-checks';
import Save from 'lucide-react/icons/save';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Undo2 from 'lucide-react/icons/undo-2';
import type { AccessApplied, AccessAuditRecord } from '../../core/contract/access.ts';
import type { IpExplanation } from '../../core/contract/explain.ts';
import { type Said, tell } from '../parts/toast/toasts.tsx';
import { type AccessDraft, changeDraft, withAdditions, withoutApplied, withRemoval } from '../store/access-draft.ts';
import { askWithDraft } from '../store/carried-change.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { changeScreen } from '../store/screen.ts';
import { goTo } from '../store/view-route.ts';
import { words as changeWords } from '../words/list-change-words.ts';
import { type Action, runAction } from './action.ts';
import { words } from './words.ts';

export const applyAccess: Action<{ readonly draft: AccessDraft; readonly reason: string }> = {
  id: 'access.apply',
  words: words.applyAccess,
  keys: null,
  icon: ListChecks,
  needsEngine: true,
  run: async (stores, { draft, reason }) => {
    const { bridge } = stores;
    const result = await askWithDraft(bridge, draft, (change) => bridge.request('access.apply', { ...change, reason }));
    changeDraft((now) => withoutApplied(now, draft));
    tellChanged(stores, () => words.appliedAccess(result.added, result.removed), result);
  },
};

export const undoAccess: Action<{ readonly changeId: number; readonly partial?: boolean }> = {
  id: 'access.undo',
  words: words.undoAccess,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: async (stores, input) => {
    const result = await stores.bridge.request('access.undo', input);
    tellChanged(stores, () => words.undoneAccess(result.added, result.removed), result);
  },
};

/** The newest change of the lists that a person made and that holds, as far as something of it can be taken back; null: none. */
export async function lastChangeOf({ bridge }: Pick<ConsoleStores, 'bridge'>): Promise<AccessAuditRecord | null> {
  const { records } = await bridge.request('access.audit', { who: ['operator', 'file'], undoable: true, limit: 1 });
  return records[0] ?? null;
}

/** A change of more entries than these is looked at before it is taken back. */
const mostAtOnce = 20;

/** Takes a change back; asks first, in the log, when that touches many entries or only a part of them can be taken back. */
async function takeBack(stores: ConsoleStores, change: AccessAuditRecord): Promise<void> {
  const { total, left } = await stores.bridge.request('access.previewUndo', { changeId: change.id });
  if (total > mostAtOnce || left.length > 0) {
    goTo('access');
    changeScreen({ accessTool: 'log', undoing: change });
    return;
  }
  const result = await stores.bridge.request('access.undo', { changeId: change.id });
  tellChanged(stores, () => words.undoneOf(changeWords.what(change)), result);
}

/** That change, and no other that was made meanwhile. */
export const undoChange: Action<AccessAuditRecord> = {
  id: 'access.undo-change',
  words: words.undoAccess,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: takeBack,
};

/** What an undo is called before it is done. */
export function undoName(change: AccessAuditRecord): string {
  return words.undoOf(changeWords.what(change));
}

/** Again and again: one change after the other, as an undo goes. */
export const undoLastAccess: Action = {
  id: 'access.undo-last',
  words: words.undoLastAccess,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: async (stores) => {
    const last = await lastChangeOf(stores);
    if (last === null) {
      tell('info', () => words.nothingToUndo);
      return;
    }
    await takeBack(stores, last);
  },
};

/** By an entry, or because `whitelist_mode = "enforce"` wants one. What the automaton has ejected it lets in again itself. */
export function isBlocked({ allowed, rule }: Pick<IpExplanation['access'], 'allowed' | 'rule'>): boolean {
  return !allowed && rule?.origin !== 'automatic';
}

/**
 * Takes off the black list whatever blocks the IP, in the draft: its own entry or the range that holds it. What the
 * configuration says cannot be taken off here, but an operator's white entry goes before it; one is what an IP on no list
 * lacks.
 */
export const unblockIp: Action<string> = {
  id: 'access.unblock-ip',
  words: words.unblockIp,
  keys: null,
  icon: ShieldCheck,
  needsEngine: true,
  run: async ({ bridge }, ip) => {
    const explanation = await bridge.request('pool.explain', { ip });
    if (explanation.subject !== 'ip' || !isBlocked(explanation.access)) {
      tell('info', () => words.notBlocked(ip));
      return;
    }
    const { list, rule } = explanation.access;
    changeDraft((draft) =>
      list === null || rule === null || rule.origin === 'config'
        ? withAdditions(draft, [{ list: 'white', value: ip, note: '', expiresAtMs: null }])
        : withRemoval(draft, { list, value: rule.value, origin: rule.origin }),
    );
    goTo('access');
  },
};

/** The field of the black list takes the focus. */
export const addToBlackList: Action = {
  id: 'access.add-black',
  words: words.addToBlackList,
  keys: null,
  icon: Ban,
  needsEngine: true,
  run: () => {
    goTo('access');
    changeScreen({ focusBlackList: true });
  },
};

/** The file of the lists, from what is in force: after it was deleted. */
export const saveAccess: Action = {
  id: 'access.save',
  words: words.saveAccess,
  keys: null,
  icon: Save,
  needsEngine: true,
  run: async ({ bridge }) => {
    const { file } = await bridge.request('access.save', {});
    tell('good', () => words.savedAccess(file));
  },
};

function tellChanged(stores: ConsoleStores, title: Said, { changeId, impact }: AccessApplied): void {
  const undo =
    changeId === null
      ? undefined
      : { label: () => words.undoAccess.label, run: () => void runAction(undoAccess, stores, { changeId }) };
  tell('good', title, () => words.closedByAccess(impact), undo);
}
