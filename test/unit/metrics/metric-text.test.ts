import { describe, expect, it } from 'vitest';
import { type MetricFamily, metricFormatFor, renderMetrics } from '../../../core/metrics/metric-text.ts';

const families: readonly MetricFamily[] = [
  {
    name: 'hotpool_requests',
    help: 'Finished.\nAll of them.',
    type: 'counter',
    samples: [{ labels: { outcome: 'ok' }, value: 3 }],
  },
  { name: 'hotpool_odd', help: 'Odd.', type: 'gauge', samples: [{ labels: { name: 'a "b"\\\n' }, value: 0.5 }] },
  { name: 'hotpool_none', help: 'Nothing to say.', type: 'gauge', samples: [] },
  {
    name: 'hotpool_wait_seconds',
    help: 'Waiting.',
    unit: 'seconds',
    type: 'histogram',
    samples: [
      {
        buckets: [
          { atMost: 1, count: 2 },
          { atMost: Number.POSITIVE_INFINITY, count: 3 },
        ],
        count: 3,
        sum: 4.5,
      },
    ],
  },
];

describe('metrics as text', () => {
  it('are OpenMetrics for who accepts it', () => {
    expect(renderMetrics(families, 'openmetrics')).toBe(
      [
        '# HELP hotpool_requests Finished.\\nAll of them.',
        '# TYPE hotpool_requests counter',
        'hotpool_requests_total{outcome="ok"} 3',
        '# HELP hotpool_odd Odd.',
        '# TYPE hotpool_odd gauge',
        'hotpool_odd{name="a \\"b\\"\\\\\\n"} 0.5',
        '# HELP hotpool_wait_seconds Waiting.',
        '# TYPE hotpool_wait_seconds histogram',
        '# UNIT hotpool_wait_seconds seconds',
        'hotpool_wait_seconds_bucket{le="1.0"} 2',
        'hotpool_wait_seconds_bucket{le="+Inf"} 3',
        'hotpool_wait_seconds_count 3',
        'hotpool_wait_seconds_sum 4.5',
        '# EOF',
        '',
      ].join('\n'),
    );
  });

  it('are the older format for who does not, with the counter’s own name', () => {
    const text = renderMetrics(families, 'prometheus');
    expect(text).toContain('# TYPE hotpool_requests_total counter\nhotpool_requests_total{outcome="ok"} 3\n');
    expect(text).not.toMatch(/# (UNIT|EOF)/);
  });

  it('go by what the reader accepts', () => {
    expect(metricFormatFor('application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5')).toBe(
      'openmetrics',
    );
    expect(metricFormatFor('text/plain')).toBe('prometheus');
    expect(metricFormatFor(undefined)).toBe('prometheus');
  });
});
