/** The whole contract: every request and stream by name. Both hosts and the console read it here. */
import type { z } from 'zod';
import { accessRequests, accessStreams } from './access.ts';
import { alertRequests, alertStreams } from './alerts.ts';
import { configRequests, configStreams } from './config.ts';
import { connectionRequests, connectionStreams } from './connections.ts';
import { consoleSessionRequests } from './console-session.ts';
import { demoRequests } from './demo.ts';
import { diagnosisRequests } from './diagnosis.ts';
import { patternRequests } from './event-patterns.ts';
import { eventStreams } from './events.ts';
import { explainRequests } from './explain.ts';
import { healthRequests, healthStreams } from './health.ts';
import { historyRequests } from './history.ts';
import { listsEffectRequests } from './lists-effect.ts';
import { loadRunRequests, loadRunStreams } from './load-run.ts';
import { preferenceRequests, preferenceStreams } from './preferences.ts';
import { requestRequests } from './requests.ts';
import { statisticsRequests, statisticsStreams } from './statistics.ts';
import { warmUpRequests, warmUpStreams } from './warm-up.ts';

export const requests = {
  ...consoleSessionRequests,
  ...connectionRequests,
  ...statisticsRequests,
  ...warmUpRequests,
  ...accessRequests,
  ...healthRequests,
  ...explainRequests,
  ...configRequests,
  ...demoRequests,
  ...diagnosisRequests,
  ...historyRequests,
  ...alertRequests,
  ...patternRequests,
  ...loadRunRequests,
  ...listsEffectRequests,
  ...requestRequests,
  ...preferenceRequests,
} as const;

export const streams = {
  ...connectionStreams,
  ...statisticsStreams,
  ...warmUpStreams,
  ...accessStreams,
  ...eventStreams,
  ...configStreams,
  ...healthStreams,
  ...alertStreams,
  ...loadRunStreams,
  ...preferenceStreams,
} as const;

export type RequestName = keyof typeof requests;
export type StreamName = keyof typeof streams;
/** What a caller may write: defaults may be left out. */
export type RequestInput<Name extends RequestName> = z.input<(typeof requests)[Name]['input']>;
/** What the engine sees: parsed, defaults filled in. */
export type RequestParsed<Name extends RequestName> = z.output<(typeof requests)[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<(typeof requests)[Name]['output']>;
export type StreamFrame<Name extends StreamName> = z.output<(typeof streams)[Name]['frame']>;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

export function isStreamName(name: string): name is StreamName {
  return Object.hasOwn(streams, name);
}

/** What both sides of the bridge speak: the console asks, `ConsoleService` answers. */
export interface ConsoleApi {
  /** @throws ContractError with a code an operator's screen can explain. */
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>>;
  /** The first frame is a complete picture. Returns the function that ends the subscription. */
  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void;
}
