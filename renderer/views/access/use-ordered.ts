/** A list in the wanted order; a long one is ordered in slices. */
import { useEffect, useMemo, useState } from 'react';
import type { AccessEntry } from '../../../core/contract/access.ts';
import { atOnce, inSlices } from '../../base/slices.ts';
import { type LineOrder, ordered } from './lines.ts';

/** A list as long as this is ordered in slices. */
const longList = 2_000;
export const noEntries: readonly AccessEntry[] = [];

interface Ordered {
  readonly entries: readonly AccessEntry[];
  readonly order: LineOrder;
  readonly present: readonly AccessEntry[];
}

/** `isOld`: the entries and the order are those of before, until the new ones are ready. */
export function useOrdered(
  entries: readonly AccessEntry[],
  order: LineOrder,
): Pick<Ordered, 'present'> & { isOld: boolean } {
  const [last, setLast] = useState<Ordered>({ entries: noEntries, order, present: noEntries });
  const short = useMemo(() => (entries.length < longList ? atOnce(ordered(entries, order)) : null), [entries, order]);
  useEffect(() => {
    if (short) {
      setLast({ entries, order, present: short });
      return;
    }
    return inSlices(ordered(entries, order), (present) => setLast({ entries, order, present }));
  }, [short, entries, order]);
  return short
    ? { present: short, isOld: false }
    : { present: last.present, isOld: last.entries !== entries || last.order !== order };
}
