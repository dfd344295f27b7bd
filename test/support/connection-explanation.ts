/** What the engine tells of one connection, for tests of what is said of it. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { ConnectionExplanation } from '../../core/contract/explain.ts';

const nowMs = 1_000_000;
/** The parts of its making. */
export const making = { waitedMs: 5, tcpMs: 3, tlsMs: 9, validationMs: 4, readyAtMs: 900_021 };

/** An idle connection to edge.example, explained at 1,000 s of the epoch; made at 900 s. */
export function explained(
  row: Partial<ConnectionRow>,
  change: Partial<ConnectionExplanation> = {},
): ConnectionExplanation {
  return {
    subject: 'connection',
    atMs: nowMs,
    verdict: 'hot',
    sentence: 'Connection 7 to edge.example (10.0.0.1) is hot.',
    connection: {
      id: 7,
      state: 'idle',
      healthy: true,
      host: 'edge.example',
      ip: '10.0.0.1',
      port: 443,
      protocol: 'h2',
      profile: 'modern-h2',
      createdAtMs: 900_000,
      idleSinceMs: 988_000,
      leasedSinceMs: null,
      leases: 3,
      requests: 4,
      errors: 1,
      tcpMs: 3,
      tlsMs: 9,
      lastResponseMs: 12,
      resumed: false,
      ...row,
    },
    activeLeases: 0,
    making,
    checks: 0,
    lastLeaseAtMs: null,
    recentLeases: [],
    overdueLeases: [],
    expiresAtMs: null,
    closed: null,
    lastError: null,
    events: [],
    earlierEvents: 0,
    ...change,
  };
}
