import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import type { Probe, ProbeResult, Transport } from '../../../core/dial/transport.ts';
import { HttpConnectionValidator } from '../../../core/health/connection-validator.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

type Answer =
  | number
  | 'alive'
  | ClassifiedError
  | 'silence'
  | { readonly status: number; readonly retryAfterMs: number };

/** Answers the probes in the order of the script; the last answer is repeated. */
function transportAnswering(protocol: Transport['protocol'], ...script: Answer[]) {
  const probes: string[] = [];
  const transport: Transport = {
    onMaxStreams: () => {},
    protocol,
    timings: { tcpMs: 1, tlsMs: 1 },
    resumed: false,
    maxStreams: 1,
    serverIdleLimitMs: null,
    bytesIn: 0,
    bytesOut: 0,
    dispatch: () => true,
    onEnd: () => undefined,
    destroy: () => undefined,
    async probe({ kind, path, signal }: Probe): Promise<ProbeResult> {
      probes.push(kind === 'HEAD' || kind === 'GET' ? `${kind} ${path}` : kind);
      const answer = script.length > 1 ? script.shift() : script[0];
      if (answer === 'silence') {
        return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      }
      if (answer instanceof ClassifiedError) {
        throw answer;
      }
      const { status: said, retryAfterMs } =
        typeof answer === 'object' ? answer : { status: typeof answer === 'number' ? answer : 200, retryAfterMs: null };
      const status = kind === 'ping' || kind === 'readable' ? null : said;
      return { kind, status, durationMs: 4, retryAfterMs, closing: false };
    },
  };
  return { transport, probes };
}

const silence = new ClassifiedError('timeout-response', 'ETIMEDOUT', 'no answer');
const reset = new ClassifiedError('reset', 'ECONNRESET', 'reset');
const never = new AbortController().signal;

function setUp() {
  const clock = new ManualClock();
  return { clock, validator: new HttpConnectionValidator({ clock, settings: defaultSettings() }) };
}

describe('validating a new connection', () => {
  it.each([
    [200, 'good', null],
    [301, 'good', null],
    [399, 'good', null],
    [403, 'blocked', 'blocked'],
    [401, 'auth', 'auth'],
    [407, 'auth', 'auth'],
    [404, 'bad-status', 'bad-status'],
  ] as const)('reads %i as %s', async (status, verdict, errorClass) => {
    const { validator } = setUp();
    const { transport, probes } = transportAnswering('h2', status);
    const validation = await validator.validate(transport, '/health', never);
    expect(validation).toMatchObject({ verdict, status, probe: 'HEAD' });
    expect(validation.error?.errorClass ?? null).toBe(errorClass);
    expect(probes).toEqual(['HEAD /health']);
  });

  it.each([
    [429, 'busy'],
    [503, 'busy'],
    [500, 'bad-status'],
    [502, 'bad-status'],
  ] as const)('asks an origin in trouble (%i) again after 0.5 and 1 s, and then gives up', async (status, verdict) => {
    const { clock, validator } = setUp();
    const { transport, probes } = transportAnswering('h2', status);
    const validation = validator.validate(transport, '/', never);
    await clock.advance(499);
    expect(probes).toHaveLength(1);
    await clock.advance(1);
    expect(probes).toHaveLength(2);
    await clock.advance(1_000);
    expect(probes).toHaveLength(3);
    expect((await validation).verdict).toBe(verdict);
  });

  it('does not ask again before the time that the server has named', async () => {
    const { clock, validator } = setUp();
    const patient = transportAnswering('h2', { status: 503, retryAfterMs: 400 }, 200);
    const validation = validator.validate(patient.transport, '/', never);
    await clock.advance(500);
    expect((await validation).verdict).toBe('good');

    const later = transportAnswering('h2', { status: 503, retryAfterMs: 60_000 });
    const refused = await validator.validate(later.transport, '/', never);
    expect(refused).toMatchObject({ verdict: 'busy', error: { errorClass: 'busy', retryAfterMs: 60_000 } });
    expect(later.probes).toHaveLength(1);
  });

  it('asks by GET, and reads the statuses anew, once the settings say so', async () => {
    const { validator } = setUp();
    const { transport, probes } = transportAnswering('h2', 404);
    validator.updateSettings({
      ...defaultSettings(),
      health: { ...defaultSettings().health, probeMethod: 'GET', statusGood: [[200, 404]] },
    });
    expect((await validator.validate(transport, '/p', never)).verdict).toBe('good');
    expect(probes).toEqual(['GET /p']);
  });

  it('gives each attempt what is left of its whole time', async () => {
    const { clock, validator } = setUp();
    const { transport } = transportAnswering('h2', 503, 503, 200);
    const timeouts: number[] = [];
    const watched = {
      ...transport,
      probe(probe: Probe) {
        timeouts.push(probe.timeoutMs);
        return transport.probe(probe);
      },
    };
    const validation = validator.validate(watched, '/', never);
    await clock.advance(1_500);
    expect((await validation).verdict).toBe('good');
    expect(timeouts).toEqual([10_000, 9_500, 8_500]);
  });

  it('is good when a busy origin recovers between two tries', async () => {
    const { clock, validator } = setUp();
    const validation = validator.validate(transportAnswering('h2', 503, 200).transport, '/', never);
    await clock.advance(500);
    expect((await validation).verdict).toBe('good');
  });

  it('is broken, with the class of what happened, when no answer comes', async () => {
    const { validator } = setUp();
    const { transport, probes } = transportAnswering('http/1.1', reset);
    const validation = await validator.validate(transport, '/', never);
    expect(validation).toMatchObject({ verdict: 'broken', status: null });
    expect(validation.error?.errorClass).toBe('reset');
    expect(probes).toHaveLength(1);
  });

  it('tells an abort apart from a fault of the peer', async () => {
    const { clock, validator } = setUp();
    const leaving = new AbortController();
    const validation = validator.validate(transportAnswering('h2', 'silence').transport, '/', leaving.signal);
    await settle();
    leaving.abort(new Error('the pool closes'));
    expect((await validation).error?.errorClass).toBe('aborted');
    expect(clock.timers).toBe(0);
  });
});

describe('checking an idle connection', () => {
  it('pings h2, and at every third check asks for the path, so that a 403 is seen', async () => {
    const { validator } = setUp();
    const { transport, probes } = transportAnswering('h2', 200);
    for (const ordinal of [1, 2, 3, 4, 5, 6]) {
      await validator.check(transport, '/p', ordinal, never);
    }
    expect(probes).toEqual(['ping', 'ping', 'HEAD /p', 'ping', 'ping', 'HEAD /p']);
  });

  it('looks at an HTTP/1.1 socket without writing first, and does not write when it is not silent', async () => {
    const { validator } = setUp();
    const fine = transportAnswering('http/1.1', 200);
    expect((await validator.check(fine.transport, '/', 1, never)).verdict).toBe('good');
    expect(fine.probes).toEqual(['readable', 'HEAD /']);
    const noisy = transportAnswering('http/1.1', reset);
    expect((await validator.check(noisy.transport, '/', 1, never)).verdict).toBe('broken');
    expect(noisy.probes).toEqual(['readable', 'readable']);
  });

  it('retries once, at once', async () => {
    const { clock, validator } = setUp();
    const recovering = transportAnswering('h2', silence, 'alive');
    expect((await validator.check(recovering.transport, '/', 1, never)).verdict).toBe('good');
    const failing = transportAnswering('h2', silence);
    expect((await validator.check(failing.transport, '/', 1, never)).verdict).toBe('broken');
    expect(failing.probes).toHaveLength(2);
    expect(clock.monotonicMs()).toBe(0);
  });

  it('says what broke the connection, not that it was gone afterwards', async () => {
    const { validator } = setUp();
    const gone = new ClassifiedError('closed-by-peer', 'CLOSED', 'gone');
    const check = await validator.check(transportAnswering('h2', silence, gone).transport, '/', 1, never);
    expect(check.error).toBe(silence);
  });

  it.each([403, 401, 429])('takes %i for what it is, without a retry', async (status) => {
    const { validator } = setUp();
    const { transport, probes } = transportAnswering('h2', status);
    await validator.check(transport, '/', 3, never);
    expect(probes).toEqual(['HEAD /']);
  });
});
