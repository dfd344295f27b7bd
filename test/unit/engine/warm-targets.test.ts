import { describe, expect, it } from 'vitest';
import type { TargetSettings } from '../../../core/config/settings.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { WarmTargets } from '../../../core/engine/warm-targets.ts';
import { RecordingEvents } from '../../support/fake-network.ts';

function setUp() {
  const jobs: WarmUpJob[] = [];
  const targets = new WarmTargets({ start: (job) => jobs.push(job) }, new RecordingEvents());
  return { jobs, targets };
}

function target(host: string, warm?: TargetSettings['warm']): TargetSettings {
  return { host: parseHostName(host), path: '/', ips: null, ...(warm === undefined ? {} : { warm }) };
}

describe('[[targets]] warm', () => {
  it('warms each target that asks for it, and only what is cold', () => {
    const { jobs, targets } = setUp();
    targets.look([target('a.test', 20), target('b.test'), target('c.test:8443', 'all-ips')]);
    expect(jobs).toMatchObject([
      { hosts: ['a.test'], connections: 20, onlyCold: true },
      { hosts: ['c.test:8443'], connections: 'all-ips', onlyCold: true },
    ]);
  });

  it('warms again only what asks for something else than before', () => {
    const { jobs, targets } = setUp();
    targets.look([target('a.test', 20)]);
    targets.look([target('a.test', 20), target('b.test', 5)]);
    targets.look([target('a.test', 30), target('b.test', 5)]);
    targets.look([target('a.test', 30)]);
    targets.look([target('a.test', 30), target('b.test', 5)]);
    expect(jobs.map(({ hosts, connections }) => [hosts[0], connections])).toEqual([
      ['a.test', 20],
      ['b.test', 5],
      ['a.test', 30],
      ['b.test', 5],
    ]);
  });
});
