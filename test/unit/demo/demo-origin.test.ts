import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DemoOrigin } from '../../../core/demo/demo-origin.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const plan = {
  hostname: 'edge.demo.test',
  ip: '127.0.0.1',
  protocols: ['http/1.1'],
  delayMs: 10,
  delayJitter: 0.3,
} as const;

function asked(method = 'GET', url = '/health'): { request: IncomingMessage; response: ServerResponse } {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = url;
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  return { request, response: new ServerResponse(request) };
}

function origin(): { clock: ManualClock; origin: DemoOrigin } {
  const clock = new ManualClock();
  return { clock, origin: new DemoOrigin(plan, { take: () => {} }, clock, seededRandom(1)) };
}

describe('an origin of the demo', () => {
  it('answers after its own delay, give or take its jitter', async () => {
    const { clock, origin: edge } = origin();
    const { request, response } = asked();
    edge.answer(request, response);
    await clock.advance(6.9);
    expect(response.writableEnded).toBe(false);
    await clock.advance(6.2);
    expect(response.writableEnded).toBe(true);
    expect(response.statusCode).toBe(200);
  });

  it('adds three seconds when it is slow', async () => {
    const { clock, origin: edge } = origin();
    await edge.setFault('slow');
    const { request, response } = asked();
    edge.answer(request, response);
    await clock.advance(3_000);
    expect(response.writableEnded).toBe(false);
    await clock.advance(20);
    expect(response.writableEnded).toBe(true);
    expect(response.statusCode).toBe(200);
  });

  it('answers a request that a hang held back when the hang is over', async () => {
    const { clock, origin: edge } = origin();
    await edge.setFault('hang');
    const { request, response } = asked();
    edge.answer(request, response);
    await clock.advance(3_600_000);
    expect(response.writableEnded).toBe(false);
    await edge.setFault(null);
    expect(response.writableEnded).toBe(true);
  });

  it('forgets a request whose peer has gone', async () => {
    const { clock, origin: edge } = origin();
    const { request, response } = asked();
    edge.answer(request, response);
    response.emit('close');
    expect(clock.timers).toBe(0);
  });
});
