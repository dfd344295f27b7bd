/** Why the engine itself changes a list: kept by the audit and the events in these words, and said in the reader's language. */
import type { AccessAuditRecord, AccessAuthor, AccessOrigin } from './access.ts';
import { banNoteText } from './ban-notes.ts';
import type { Language } from './language.ts';

export const accessReasons = {
  validated: 'validated',
  wellAgain: 'well again',
  banIsVoid: 'the ban is void',
  configured: 'the configuration says so',
  edited: 'edited by hand',
  expired: 'expired',
  demoLeft: 'the demo was left',
} as const;

const zh: Readonly<Record<string, string>> = {
  [accessReasons.validated]: '已通过验证',
  [accessReasons.wellAgain]: '已恢复',
  [accessReasons.banIsVoid]: '封禁已失效',
  [accessReasons.configured]: '由配置规定',
  [accessReasons.edited]: '手工编辑',
  [accessReasons.expired]: '已到期',
  [accessReasons.demoLeft]: '已离开演示',
};

/** Undone, and brought back by taking the undo back. */
type UndoAct = 'undo' | 'redo';

interface UndoWords {
  readonly act: UndoAct;
  /** Of the change that all this is about. */
  readonly id: string;
  /** Its own reason; empty when it has none. */
  readonly of: string;
}

const undone = /^(undo|redo) of change (\d+)(?:: (.*))?$/s;

/** An undo of an undo is the change itself once more; earlier versions have kept a chain of them as their reason. */
function readUndo(reason: string): UndoWords | null {
  const [, act, id, of = ''] = undone.exec(reason) ?? [];
  if (id === undefined) {
    return null;
  }
  const inner = readUndo(of);
  const isUndo = act === 'undo';
  return inner
    ? { ...inner, act: isUndo === (inner.act === 'undo') ? 'redo' : 'undo' }
    : { act: isUndo ? 'undo' : 'redo', id, of };
}

/** Why a change is made that takes this one back: by the change at the beginning, however often it went to and fro. */
export function undoReason({ id, reason, undoes }: Pick<AccessAuditRecord, 'id' | 'reason' | 'undoes'>): string {
  const chain = undoes === null ? null : readUndo(reason);
  return chain
    ? undoEnglish({ ...chain, act: chain.act === 'undo' ? 'redo' : 'undo' })
    : undoEnglish({ act: 'undo', id: String(id), of: reason });
}

function undoEnglish({ act, id, of }: UndoWords): string {
  return `${act} of change ${id}${of === '' ? '' : `: ${of}`}`;
}

const undoActsZh: Readonly<Record<UndoAct, string>> = { undo: '撤销', redo: '重做' };

/** An operator's own reason stays as it is; that of an undo has it behind the number of what it takes back. */
export function accessReasonText(who: AccessAuthor, reason: string, language: Language): string {
  if (who !== 'operator') {
    return automatonText(reason, language);
  }
  const chain = readUndo(reason);
  if (chain === null) {
    return language === 'zh' && reason === accessReasons.demoLeft ? automatonText(reason, language) : reason;
  }
  if (language === 'en') {
    return undoEnglish(chain);
  }
  const { act, id, of } = chain;
  return `${undoActsZh[act]}第 ${id} 次修改${of === '' ? '' : `：${automatonText(of, language)}`}`;
}

function automatonText(english: string, language: Language): string {
  return (language === 'zh' ? zh[english] : undefined) ?? banNoteText(english, language) ?? english;
}

/** The note of an entry of the automaton; a person's stays as it was written. */
export function accessNoteText(origin: AccessOrigin, note: string, language: Language): string {
  return origin === 'automatic' ? automatonText(note, language) : note;
}
