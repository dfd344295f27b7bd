/** Requests that were sent from this page, newest first. They outlive a walk to another view, not a reload. */
import { create } from 'zustand';
import type { RequestWishInput, SentRequest } from '../../core/contract/requests.ts';

/** What is sent, without the name that it gets on its way. */
export type RequestDraft = Omit<RequestWishInput, 'ticket'>;

export interface Refusal {
  readonly message: string;
  /** The engine was lost meanwhile: it may have been sent. */
  readonly isLost: boolean;
}

export interface SentEntry {
  readonly ticket: string;
  readonly draft: RequestDraft;
  /** By this page's clock. */
  readonly sentAtMs: number;
  /** null while it is in flight, and when it was refused. */
  readonly result: SentRequest | null;
  /** Why there is no result; null: there is one, or it is still to come. */
  readonly refusal: Refusal | null;
}

export interface SentRequests {
  readonly entries: readonly SentEntry[];
  /** The one that is shown; null: the newest. */
  readonly shown: string | null;
}

/** Each may hold a body of 256 KiB. */
export const keptRequests = 50;

export const useSentRequests = create<SentRequests>()(() => ({ entries: [], shown: null }));

/** Where it stands at its beginning; returns its ticket. */
export function beginRequest(draft: RequestDraft): string {
  const ticket = [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const entry: SentEntry = { ticket, draft, sentAtMs: Date.now(), result: null, refusal: null };
  useSentRequests.setState(({ entries }) => ({ entries: [entry, ...entries].slice(0, keptRequests), shown: null }));
  return ticket;
}

export function endRequest(ticket: string, end: Pick<SentEntry, 'result'> | Pick<SentEntry, 'refusal'>): void {
  useSentRequests.setState(({ entries }) => ({
    entries: entries.map((entry) => (entry.ticket === ticket ? { ...entry, ...end } : entry)),
  }));
}

export function showRequest(ticket: string): void {
  useSentRequests.setState({ shown: ticket });
}

/** Those in flight stay: they are still to be told of. */
export function forgetRequests(): void {
  useSentRequests.setState(({ entries }) => ({ entries: entries.filter(isInFlight), shown: null }));
}

export function isInFlight({ result, refusal }: SentEntry): boolean {
  return result === null && refusal === null;
}
