/** A list as text: printed, edited, and held against what it was. */
import { describe, expect, it } from 'vitest';
import { parseAccessEntries } from '../../../core/access/entry-parser.ts';
import { type AccessEntry, accessKey } from '../../../core/contract/access.ts';
import { atOnce } from '../../../renderer/base/slices.ts';
import {
  type AccessDraft,
  editing,
  emptyDraft,
  withAdditions,
  withRemoval,
} from '../../../renderer/store/access-draft.ts';
import { applyingText, difference, printList } from '../../../renderer/store/access-text.ts';

function entry(value: string, change: Partial<AccessEntry> = {}): AccessEntry {
  const said = { list: 'black', value, origin: 'operator', note: '', addedAtMs: 0, expiresAtMs: null } as const;
  return { ...said, hits: 0, lastHitAtMs: null, ...change };
}

const entries = [
  entry('10.0.0.1', { note: 'slow\nedge # 7', expiresAtMs: 70 }),
  entry('10.0.0.2', { origin: 'file', note: 'by hand' }),
  entry('10.0.0.3', { origin: 'automatic', note: 'blocked: 403', expiresAtMs: 5 }),
  entry('10.0.0.4', { origin: 'config' }),
];
const find = (key: string) => entries.find(({ list, origin, value }) => accessKey(list, origin, value) === key);

function edited(text: string, draft: AccessDraft = emptyDraft, begunOn = draft): AccessDraft {
  const base = printList('black', entries, begunOn);
  return atOnce(applyingText(draft, 'black', base, parseAccessEntries(text).entries, find));
}

describe('a list as text', () => {
  it('is what people said, one entry a line, and says the same when it is read again', () => {
    const base = printList('black', entries, emptyDraft);
    expect(base.text).toBe('10.0.0.1  # slow edge # 7\n10.0.0.2  # by hand\n');
    expect(difference(base, parseAccessEntries(base.text).entries)).toEqual({ added: [], changed: [], removed: [] });
    expect(edited(base.text)).toEqual(emptyDraft);
  });

  it('becomes a draft: what was written, changed and taken out; expiries stay', () => {
    const draft = edited('10.0.0.1 # fast edge\n2001:DB8::/32 # new\n');
    expect(draft.add).toEqual([
      { list: 'black', value: '2001:db8::/32', note: 'new', expiresAtMs: null },
      { list: 'black', value: '10.0.0.1', note: 'fast edge', expiresAtMs: 70, edits: 'operator black 10.0.0.1' },
    ]);
    expect(draft.remove).toEqual([{ list: 'black', value: '10.0.0.2', origin: 'file' }]);
  });

  it('of a hand edit of the file becomes the operator’s where its note is another', () => {
    const draft = edited('10.0.0.1 # slow edge # 7\n10.0.0.2\n');
    expect(draft.add).toEqual([{ list: 'black', value: '10.0.0.2', note: '', expiresAtMs: null }]);
    expect(draft.remove).toEqual([{ list: 'black', value: '10.0.0.2', origin: 'file' }]);
  });

  it('shows the draft as well, and can take of it back', () => {
    const added = withAdditions(emptyDraft, [{ list: 'black', value: '10.0.0.9', note: 'mine', expiresAtMs: 9 }]);
    const begun = withRemoval(
      atOnce(editing(added, [entries[0] ?? entry('')], { note: 'fast' })),
      entry('10.0.0.2', { origin: 'file' }),
    );
    expect(printList('black', entries, begun).text).toBe('10.0.0.1  # fast\n10.0.0.9  # mine\n');
    const draft = edited('10.0.0.1 # slow\n', begun);
    expect(draft.add).toEqual([
      { list: 'black', value: '10.0.0.1', note: 'slow', expiresAtMs: 70, edits: 'operator black 10.0.0.1' },
    ]);
    expect(draft.remove).toHaveLength(1);
  });

  it('removes nothing that came after it was begun', () => {
    const later = withAdditions(emptyDraft, [{ list: 'black', value: '10.0.0.9', note: '', expiresAtMs: null }]);
    const text = printList('black', entries, emptyDraft).text;
    expect(edited(text, later, emptyDraft)).toEqual(later);
  });
});
