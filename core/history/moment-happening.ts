/** Whether a second is one that is looked for later. */
import type { Moment } from './moment-frame.ts';

/** A second of which this is another than of the one before is worth a picture; trouble that goes on unchanged is none. */
export function happeningOf({ statistics, hosts, localOutage, warmUps }: Moment): string {
  const { dialFailures, checkFailures, failedRequests } = statistics.last60s;
  return JSON.stringify([
    statistics.verdict.level,
    [dialFailures, checkFailures, failedRequests].map((failures) => failures > 0),
    localOutage !== null,
    hosts.map(({ host, available, ejected, held, panic, blocksUs }) => [
      host,
      available,
      ejected,
      held,
      panic,
      blocksUs,
    ]),
    warmUps.map(({ id, state, done, retrying }) => [id, state, done, retrying]),
  ]);
}
