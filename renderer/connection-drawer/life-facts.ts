/** What is known of a connection, each with its name. */
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { longMoment, shortMoment } from '../words/dates.ts';
import { milliseconds, none, span } from '../words/format.ts';
import { closeReasonWords, failureInWords } from '../words/vocabulary.ts';
import { words } from './words.ts';

export interface LifeFact {
  readonly name: string;
  readonly text: string;
  /** The IP's own drawer is behind it. */
  readonly opensIp?: boolean;
}

/** Those that say something, from where it leads to how it ended. */
export function lifeFacts(
  life: HistoryLife['life'],
  explanation: ConnectionExplanation | null,
  nowMs: number,
): readonly LifeFact[] {
  const { facts } = words;
  const { closedAtMs, reason, createdAtMs, leases, requests, errors, lastResponseMs } = life;
  const expiresAtMs = explanation?.expiresAtMs ?? null;
  const lastError = explanation?.lastError ?? null;
  const all: readonly (LifeFact | null)[] = [
    { name: facts.host, text: life.host },
    {
      name: facts.ip,
      text: life.ip.includes(':') ? `[${life.ip}]:${life.port}` : `${life.ip}:${life.port}`,
      opensIp: true,
    },
    { name: facts.made, text: longMoment(createdAtMs, nowMs) },
    { name: facts.lives, text: span((closedAtMs ?? nowMs) - createdAtMs) },
    expiresAtMs !== null && expiresAtMs > nowMs
      ? { name: facts.until, text: words.inTime(shortMoment(expiresAtMs, nowMs), expiresAtMs - nowMs) }
      : null,
    { name: facts.protocol, text: life.protocol ?? none },
    { name: facts.profile, text: life.profile },
    life.tlsMs === null ? null : { name: facts.handshake, text: life.resumed ? words.resumed : words.full },
    { name: facts.used, text: words.used(leases, requests, errors) },
    lastResponseMs === null ? null : { name: facts.lastResponse, text: milliseconds(lastResponseMs) },
    lastError === null
      ? null
      : {
          name: facts.lastError,
          text: [shortMoment(lastError.atMs, nowMs), failureInWords(lastError)].filter(Boolean).join(' · '),
        },
    closedAtMs === null || reason === null
      ? null
      : { name: facts.closed, text: `${shortMoment(closedAtMs, nowMs)} · ${closeReasonWords[reason]}` },
  ];
  return all.filter((fact) => fact !== null);
}
