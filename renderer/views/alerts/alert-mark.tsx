import type { AlertSeverity } from '../../../core/contract/alerts.ts';
import { SeverityMark, type Weight } from '../../parts/severity-mark/severity-mark.tsx';
import { severityWords } from './words.ts';

const weights: Readonly<Record<AlertSeverity, Weight>> = { critical: 'heavy', warning: 'middle' };

export function AlertMark({ severity }: { readonly severity: AlertSeverity }) {
  return <SeverityMark weight={weights[severity]}>{severityWords[severity]}</SeverityMark>;
}
