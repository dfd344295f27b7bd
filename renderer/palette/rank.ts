/** Which lines are shown, and in which order. Pure, so that it can be tested without a screen. */
import { type EntryKind, entryKinds, type PaletteEntry } from './entry.ts';
import { type Fit, fitOf, mentions, queryWords } from './fuzzy.ts';

export interface RankedEntry {
  readonly entry: PaletteEntry;
  /** Where the label fits what was typed. */
  readonly ranges: Fit['ranges'];
}

export interface RankedGroup {
  readonly kind: EntryKind | 'recent';
  readonly items: readonly RankedEntry[];
}

/** Shown of one kind, and of what was chosen lately, at most. */
const mostOfKind = 12;
const mostRecent = 5;
/** What an entry's names in the other language count against its label. */
const termWeight = 0.95;
/** Found by its hint alone: behind every entry whose name fits by a whole word. */
const mentionScore = 45;
/** Who looks for a thing to do is seldom after the key that is named like it. */
const settingMalus = 30;
/** What was chosen lately, and what is about the thing in hand, goes before the like. */
const recentBonus = 8;
const hereBonus = 12;

/** Kinds that are too many to be listed before something is typed. */
const onlyTyped: ReadonlySet<EntryKind> = new Set(['ip', 'connection', 'setting']);

function scoreOf(words: readonly string[], entry: PaletteEntry): (Fit & { readonly entry: PaletteEntry }) | null {
  const label = fitOf(words, entry.label);
  const others = [
    ...entry.terms.map((term) => (fitOf(words, term)?.score ?? 0) * termWeight),
    // Words of the label and the hint together: "overview pool" finds what one of them alone does not.
    mentions(words, `${entry.label} ${entry.hint}`) ? mentionScore : 0,
  ];
  const score = Math.max(label?.score ?? 0, ...others);
  return score > 0 ? { entry, score, ranges: label?.ranges ?? [] } : null;
}

/** With nothing typed: what was chosen lately, then everything that is not too much, by kind. */
function untyped(entries: readonly PaletteEntry[], recent: readonly string[]): RankedGroup[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, mostRecent);
  const taken = new Set(lately);
  const groups = entryKinds.map((kind) => ({
    kind,
    items: entries.filter((entry) => entry.kind === kind && !onlyTyped.has(kind) && !taken.has(entry)),
  }));
  // What is about the thing in hand is why the palette was opened.
  const [here, ...others] = groups;
  return [...(here ? [here] : []), { kind: 'recent' as const, items: lately }, ...others]
    .filter(({ items }) => items.length > 0)
    .map(({ kind, items }) => ({ kind, items: items.map((entry) => ({ entry, ranges: [] })) }));
}

/** The kind with the best line first, so that Enter takes the best line of all. */
export function rankEntries(
  entries: readonly PaletteEntry[],
  query: string,
  recent: readonly string[],
): readonly RankedGroup[] {
  const words = queryWords(query);
  if (words.length === 0) {
    return untyped(entries, recent);
  }
  const scored = entries
    .flatMap((entry) => {
      const found = scoreOf(words, entry);
      const bonus =
        (entry.kind === 'here' ? hereBonus : 0) -
        (entry.kind === 'setting' ? settingMalus : 0) +
        (recent.includes(entry.id) ? recentBonus : 0);
      // What cannot be done now is shown, behind what can.
      return found === null ? [] : [{ ...found, score: found.score + bonus - (entry.obstacle === null ? 0 : 20) }];
    })
    .sort((one, other) => other.score - one.score);
  return [...Map.groupBy(scored, ({ entry }) => entry.kind)].map(([kind, items]) => ({
    kind,
    items: items.slice(0, mostOfKind).map(({ entry, ranges }) => ({ entry, ranges })),
  }));
}
