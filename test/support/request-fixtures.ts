/** Requests of the operator's own, as the engine reports them. */
import type { RequestConnection, SentRequest } from '../../core/contract/requests.ts';

const connection: RequestConnection = {
  id: 7,
  host: 'tiles.demo.test',
  ip: '10.0.0.1',
  port: 443,
  protocol: 'h2',
  profile: 'modern-h2',
  resumed: false,
  createdAtMs: 1_000,
  servedBefore: 3,
  making: { tcpMs: 4, tlsMs: 9, validationMs: 6 },
};

/** A hot one that was answered with 200 and `{}`. */
export function sentRequestOf(change: Partial<SentRequest> = {}): SentRequest {
  return {
    beganAtMs: 61_000,
    supply: 'hot',
    connection,
    times: {
      waitMs: 0.1,
      tcpMs: null,
      tlsMs: null,
      validationMs: null,
      firstByteMs: 5,
      bodyMs: 1,
      totalMs: 6.1,
    },
    answer: {
      status: 200,
      verdict: 'good',
      headers: [{ name: 'content-type', value: 'application/json' }],
      body: { base64: btoa('{}'), keptBytes: 2, bytes: 2, complete: true },
    },
    failure: null,
    ...change,
  };
}
