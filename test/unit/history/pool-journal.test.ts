import { expect, it } from 'vitest';
import type { ConnectionLife } from '../../../core/contract/history-lives.ts';
import type { SecondSample } from '../../../core/history/history-batch.ts';
import { PoolJournal } from '../../../core/history/pool-journal.ts';
import { Histogram } from '../../../core/statistics/histogram.ts';
import { fakePool } from '../../support/fake-pool.ts';

it('a second of the pool, and of each host what it came to there', async () => {
  const fake = fakePool({ targets: ['example.test', 'other.test'] });
  fake.directory.set('other.test', ['10.1.0.1']);
  const seconds: (readonly SecondSample[])[] = [];
  const lives: ConnectionLife[] = [];
  const history = {
    recordSecond: (samples: readonly SecondSample[]) => seconds.push(samples),
    recordLife: (life: ConnectionLife) => lives.push(life),
  };
  const journal = new PoolJournal(fake.pool, history, fake.clock.epochMs());
  const beganS = Math.floor(fake.clock.epochMs() / 1_000);
  const one = await fake.pool.acquire('example.test');
  await (await one.request({ path: '/', method: 'GET' })).body.dump();
  one.release();
  const other = await fake.pool.acquire('other.test');
  const transport = fake.network.transports.find(({ endpoint }) => endpoint.ip === '10.1.0.1');
  if (transport) {
    transport.response = { status: 404, chunks: [], complete: true };
  }
  await (await other.request({ path: '/missing', method: 'GET' })).body.dump();
  other.release();
  await fake.clock.advance(1_000);
  const of = (scope: string, second = 0) => seconds[second]?.find((sample) => sample.scope === scope);
  const responses = (scope: string): number => {
    const histogram = new Histogram();
    histogram.addEncoded(of(scope)?.distributions['response-ms'] ?? new Uint8Array());
    return histogram.count;
  };
  expect(of('')).toMatchObject({ atS: beganS, quantities: { total: 2, requests: 2, leases: 2 } });
  expect(of('example.test')?.quantities).toMatchObject({ total: 1, idle: 1, requests: 1, failures: 0 });
  expect(of('other.test')?.quantities).toMatchObject({ requests: 1, failures: 1, dials: 1, 'dial-failures': 0 });
  expect([responses(''), responses('example.test'), responses('other.test')]).toEqual([2, 1, 1]);
  await fake.clock.advance(1_000);
  expect(of('other.test', 1)).toMatchObject({ quantities: { requests: 0, dials: 0 }, distributions: {} });
  const [row] = fake.pool.rows();
  fake.pool.closeConnection(row?.id ?? 0, 'operator');
  expect(lives).toMatchObject([{ id: row?.id, reason: 'operator', requests: 1 }]);
  journal.close();
  await fake.pool.close();
});
