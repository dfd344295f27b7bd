/**
 * A process for `kill -9`: changes the lists of a data folder for ever and prints one line for each change that was
 * confirmed. Argument: the folder.
 */
import { writeSync } from 'node:fs';
import { openAccessLists } from '../../core/access/open-access-lists.ts';
import { systemClock } from '../../core/base/clock.ts';

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('usage: list-writer.ts FOLDER');
}

/** Enough that every save is a file of some size, and that values come and go. */
const distinctValues = 400;

const lists = await openAccessLists({
  folder,
  clock: systemClock,
  events: { emit: () => undefined },
});
// A file with some weight takes long enough to write to be killed in the middle of.
const ballast = Array.from({ length: 2_000 }, (_, index) => ({
  list: 'white' as const,
  value: `10.${index >> 8}.${index & 255}.0/24`,
  note: 'ballast',
  expiresAtMs: null,
}));
await lists.apply({ add: ballast, remove: [] });
writeSync(1, 'ready\n');

const present = new Set(
  lists
    .frame()
    .entries.filter(({ list, origin }) => list === 'black' && origin === 'operator')
    .map(({ value }) => value),
);
for (let step = 0; ; step += 1) {
  const value = `192.0.${((step * 7) % distinctValues) >> 8}.${(step * 7) % 256}`;
  if (present.has(value)) {
    await lists.apply({ add: [], remove: [{ list: 'black', value, origin: 'operator' }] });
    present.delete(value);
    writeSync(1, `- ${value}\n`);
  } else {
    await lists.apply({ add: [{ list: 'black', value, note: `step ${step}`, expiresAtMs: null }], remove: [] });
    present.add(value);
    writeSync(1, `+ ${value}\n`);
  }
}
