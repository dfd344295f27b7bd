/** What the demo leaves on the access lists: entries that the automaton made of the addresses of its fleet. */
import type { IpAccessController } from '../access/ip-access-controller.ts';
import { type AccessRemoval, accessKey } from '../contract/access.ts';
import { accessReasons } from '../contract/access-reasons.ts';

/** What a person said of such an address is the person's, and stays. */
export function entriesOf(
  addresses: Iterable<string>,
  lists: Pick<IpAccessController, 'entry'>,
): readonly AccessRemoval[] {
  const removals: AccessRemoval[] = [];
  for (const value of addresses) {
    for (const list of ['white', 'black'] as const) {
      if (lists.entry(accessKey(list, 'automatic', value))) {
        removals.push({ list, value, origin: 'automatic' });
      }
    }
  }
  return removals;
}

/** Takes them off, as a change that can be undone. @throws ContractError `refused` when the lists cannot be stored. */
export async function dropEntriesOf(
  addresses: Iterable<string>,
  lists: Pick<IpAccessController, 'entry' | 'apply'>,
): Promise<void> {
  const remove = [...entriesOf(addresses, lists)];
  if (remove.length > 0) {
    await lists.apply({ add: [], remove, reason: accessReasons.demoLeft });
  }
}
