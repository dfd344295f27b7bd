/** Requests and latency over the last 15 minutes, pointing at the same moment. */
import { useMemo } from 'react';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { type Curve, shownSpanMs } from '../../parts/chart/series.ts';
import { TimeChart } from '../../parts/chart/time-chart.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useSamples } from '../../store/use-console.ts';
import { millisecondsFigure, rate } from '../../words/format.ts';
import styles from './overview.module.css';
import { words } from './words.ts';

const requestCurves = (): readonly Curve[] => [
  { label: words.requests.finished, color: '--cool', look: 'area', fold: 'mean', value: (sample) => sample.requests },
  { label: words.requests.failed, color: '--bad', look: 'bars', fold: 'mean', value: (sample) => sample.failures },
];

/** The worst second of a bucket stands for it: a peak must not vanish in a mean. */
const latencyCurves: readonly Curve[] = [
  { label: 'p50', color: '--good', look: 'line', fold: 'mean', value: (sample) => sample.responseP50Ms },
  { label: 'p95', color: '--warn', look: 'line', fold: 'highest', value: (sample) => sample.responseP95Ms },
  { label: 'p99', color: '--violet', look: 'line', fold: 'highest', value: (sample) => sample.responseP99Ms },
];

export function Charts({ crossHair }: { readonly crossHair: CrossHair }) {
  const samples = useSamples();
  const curves = useMemo(requestCurves, []);
  const last = samples.at(-1);
  const spanMs = shownSpanMs(samples);
  return (
    <>
      <Panel title={words.requests.title} aside={words.last(spanMs)} className={styles.chart}>
        <TimeChart
          label={words.requests.picture(last?.requests ?? 0, last?.failures ?? 0)}
          samples={samples}
          curves={curves}
          spanMs={spanMs}
          format={rate}
          leastCeiling={10}
          crossHair={crossHair}
        />
      </Panel>
      <Panel title={words.latency.title} aside={words.latency.aside} className={styles.chart}>
        <TimeChart
          label={words.latency.picture(
            last?.responseP50Ms ?? null,
            last?.responseP95Ms ?? null,
            last?.responseP99Ms ?? null,
          )}
          samples={samples}
          curves={latencyCurves}
          spanMs={spanMs}
          format={millisecondsFigure}
          leastCeiling={5}
          crossHair={crossHair}
        />
      </Panel>
    </>
  );
}
