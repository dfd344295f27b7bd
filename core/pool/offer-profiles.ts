/** The handshakes of one dial: one TLS profile after another, until the server takes one. */
import { ClassifiedError } from '../dial/classified-error.ts';
import { isNotTls } from '../dial/error-classes.ts';
import { hasConsequence } from '../dial/error-table.ts';
import type { TlsProfileName } from '../dial/tls-profiles.ts';
import type { DialRequest, Transport } from '../dial/transport.ts';
import type { DialTurn } from './dial-turn.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';

export interface OfferBounds {
  /** The first try's permit is taken. */
  readonly turn: DialTurn;
  readonly signal: AbortSignal;
  /** For all tries together; waits for the budget do not count. */
  readonly withinMs: number;
}

/**
 * A server that refuses the protocol, version or ciphers of a profile is offered the next at once, all within one dial's
 * time (document 003: another fingerprint, then again), each within the budget. What it refuses is remembered for its
 * address. @throws ClassifiedError; the signal's reason when it aborts while the budget is waited for.
 */
export async function offerProfiles(
  context: PoolContext,
  connection: HotConnection,
  profiles: readonly TlsProfileName[],
  bounds: OfferBounds,
): Promise<Transport> {
  const { turn, signal, withinMs } = bounds;
  const { upstream } = connection;
  const { endpoint } = upstream;
  for (const [step, profile] of profiles.entries()) {
    connection.profile = profile;
    try {
      const transport = await offer(context, { endpoint, profile, timeoutMs: withinMs - turn.spentMs, signal }, turn);
      upstream.refusedProfiles.delete(profile);
      return transport;
    } catch (error) {
      const refused = refusesProfile(error);
      if (refused) {
        upstream.refusedProfiles.add(profile);
        upstream.history.record('profile-refused', profile, context.nowMs());
      }
      if (!refused || step === profiles.length - 1 || connection.state !== 'dialing') {
        throw error;
      }
      if (turn.spentMs >= withinMs) {
        // Only what has refused every profile is at fault for good; the next dial begins with those that are left.
        const what = `refused ${step + 1} of ${profiles.length} TLS profiles and left no time for the others`;
        throw noTimeLeft(`${endpoint.ip} ${what}`, error);
      }
      await turn.next();
    }
  }
  throw new ClassifiedError('internal', 'NO_PROFILE', `there is no TLS profile to dial ${endpoint.ip} with`);
}

/** One profile; what is inconclusive is tried once more in the same time. */
async function offer(context: PoolContext, request: DialRequest, turn: DialTurn): Promise<Transport> {
  const { dialer } = context.parts;
  const { endpoint, signal, timeoutMs } = request;
  const untilMs = turn.spentMs + timeoutMs;
  try {
    return await dialer.dial(request);
  } catch (error) {
    const isWorthMore = error instanceof ClassifiedError && error.isInconclusive;
    if (!isWorthMore || signal.aborted) {
      throw error;
    }
    if (turn.spentMs >= untilMs) {
      throw noTimeLeft(`${endpoint.ip} ended a handshake, and left no time for another that would tell why`, error);
    }
  }
  await turn.next();
  return dialer.dial({ ...request, timeoutMs: untilMs - turn.spentMs });
}

function noTimeLeft(message: string, cause: unknown): ClassifiedError {
  return new ClassifiedError('timeout-tls', 'ETIMEDOUT', message, { cause });
}

/** Another profile may do better: what answers is TLS, but it does not take what it was offered. */
function refusesProfile(error: unknown): boolean {
  return error instanceof ClassifiedError && hasConsequence(error.errorClass, 'other-profile') && !isNotTls(error.code);
}
