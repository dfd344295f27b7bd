/**
 * Metrics as text: OpenMetrics 1.0 for who accepts it, Prometheus' older text format 0.0.4 for who does not. The same
 * families make both.
 */

export type Labels = Readonly<Record<string, string>>;

export interface MetricSample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels?: Labels;
  /** Rising; each with how many values are at most that. The last is of all: `+Inf`. */
  readonly buckets: readonly { readonly atMost: number; readonly count: number }[];
  readonly count: number;
  readonly sum: number;
}

interface Family {
  /** Without `_total`; with its unit at its end when it has one. */
  readonly name: string;
  readonly help: string;
  /** `seconds`, `bytes`: base units, by Prometheus' conventions. */
  readonly unit?: string;
}

export type MetricFamily =
  | (Family & { readonly type: 'gauge' | 'counter'; readonly samples: readonly MetricSample[] })
  | (Family & { readonly type: 'histogram'; readonly samples: readonly HistogramSample[] });

export type MetricFormat = 'openmetrics' | 'prometheus';

export const metricContentTypes: Readonly<Record<MetricFormat, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
};

/** By the reader's `Accept` header; who does not say gets the older one, which everybody reads. */
export function metricFormatFor(accept: string | undefined): MetricFormat {
  return accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'prometheus';
}

export function renderMetrics(families: readonly MetricFamily[], format: MetricFormat): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap((family) => linesOf(family, format));
  return `${[...lines, ...(format === 'openmetrics' ? ['# EOF'] : [])].join('\n')}\n`;
}

function linesOf(family: MetricFamily, format: MetricFormat): string[] {
  const { name, help, unit, type } = family;
  // The older format knows no families: a counter's name is that of its samples.
  const shown = type === 'counter' && format === 'prometheus' ? `${name}_total` : name;
  const head = [`# HELP ${shown} ${escapeHelp(help)}`, `# TYPE ${shown} ${type}`];
  if (unit !== undefined && format === 'openmetrics') {
    head.push(`# UNIT ${shown} ${unit}`);
  }
  if (type === 'histogram') {
    return [...head, ...family.samples.flatMap((sample) => histogramLines(name, sample))];
  }
  const sampleName = type === 'counter' ? `${name}_total` : name;
  return [...head, ...family.samples.map(({ labels, value }) => line(sampleName, labels, value))];
}

function histogramLines(name: string, { labels, buckets, count, sum }: HistogramSample): string[] {
  return [
    ...buckets.map((bucket) => line(`${name}_bucket`, { ...labels, le: floatText(bucket.atMost) }, bucket.count)),
    line(`${name}_count`, labels, count),
    line(`${name}_sum`, labels, sum),
  ];
}

function line(name: string, labels: Labels | undefined, value: number): string {
  const inner = Object.entries(labels ?? {})
    .map(([label, text]) => `${label}="${escapeLabel(text)}"`)
    .join(',');
  return `${name}${inner === '' ? '' : `{${inner}}`} ${numberText(value)}`;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : floatText(value);
}

/** A bound is a float in OpenMetrics: `1.0`, never `1`, so that it is the same label everywhere. */
function floatText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) {
    return '+Inf';
  }
  if (value === Number.NEGATIVE_INFINITY || Number.isNaN(value)) {
    return Number.isNaN(value) ? 'NaN' : '-Inf';
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function escapeLabel(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}

function escapeHelp(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}
