/** What is said of one address of one host, line by line: only what there is to say. */
import type { ExplainedEndpoint } from '../../core/contract/explain.ts';
import type { IpHealth } from '../../core/contract/health.ts';
import { count, percent, span } from '../words/format.ts';
import { failureInWords, failuresInWords } from '../words/vocabulary.ts';
import { words } from './words.ts';

const { facts } = words;

type Fact = readonly [name: string, value: string];

/** Only what there is to say; null: nothing of it. */
export function healthFacts(health: IpHealth, nowMs: number): (Fact | null)[] {
  return [
    [facts.state, words.states[health.state]],
    health.reason && [facts.reason, words.reasons[health.reason]],
    health.ejectedUntilMs !== null ? [facts.until, words.at(health.ejectedUntilMs, nowMs)] : null,
    health.ejectedForMs ? [facts.ejectedFor, span(health.ejectedForMs)] : null,
    health.nextProbeAtMs !== null ? [facts.probe, words.at(health.nextProbeAtMs, nowMs)] : null,
    health.ejections > 0 ? [facts.ejections, words.times(health.ejections)] : null,
    health.heldInUse ? [facts.held, facts.heldText] : null,
    health.state === 'probing' ? [facts.goodProbes, count(health.goodProbes)] : null,
    health.consecutiveFailures > 0 ? [facts.inARow, count(health.consecutiveFailures)] : null,
    health.successShare !== null ? [facts.success, words.success(health.successShare, health.asked)] : null,
    health.latencyMs !== null ? [facts.latency, words.latency(health.latencyMs)] : null,
  ];
}

/** `health` is unknown for an address that is not among its host's any more. */
export function endpointFacts(endpoint: ExplainedEndpoint, health: IpHealth | undefined, nowMs: number): Fact[] {
  const { connections, idle, leased, dialing, failuresByClass, lastError } = endpoint;
  const lines: (Fact | null)[] = [
    ...(health ? healthFacts(health, nowMs) : []),
    endpoint.vanished ? [facts.vanished, facts.vanishedText] : null,
    [facts.connections, words.connections(connections, idle, leased, dialing)],
    endpoint.slowStartShare < 1 ? [facts.slowStart, percent(endpoint.slowStartShare)] : null,
    endpoint.backOffUntilMs !== null ? [facts.backOff, words.at(endpoint.backOffUntilMs, nowMs)] : null,
    failuresByClass.length > 0 ? [facts.byClass, failuresInWords(failuresByClass)] : null,
    lastError && [facts.lastError, words.error(failureInWords(lastError), lastError.atMs)],
  ];
  return lines.filter((line) => line !== null);
}
