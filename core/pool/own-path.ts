/** What the answer for a host's own path says of a connection to it. */
import type { Validation } from '../health/validation.ts';
import type { HostPool } from './host-pool.ts';

/** From here on a status is a trouble of the server, not a matter of the path. */
const firstServerError = 500;

/**
 * A target's path is known to answer well, so any other status is a failure. A host outside the targets has its root asked,
 * of which nobody has said that it is there: an answer like 404 shows as well as another that the connection works. What the
 * lists of statuses name (blocked, busy, auth) and a server in trouble count as for any host.
 */
export function judgedForHost({ watched }: Pick<HostPool, 'watched'>, validation: Validation): Validation {
  const { verdict, status } = validation;
  const isOfThePath = verdict === 'bad-status' && status !== null && status < firstServerError;
  return !watched && isOfThePath ? { ...validation, verdict: 'good', error: null } : validation;
}
