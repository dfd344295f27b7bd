/** What an address does at this moment. Schedules change it; dials and requests look at it when they begin. */
import type { ErrorClass } from '../../core/contract/vocabulary.ts';
import type { Dice } from './dice.ts';

export type DialScript = 'ok' | 'hang' | ErrorClass;
/** A status, no answer at all, or a reset. */
export type Answer = number | 'hang' | 'reset';

export interface Weather {
  dial: DialScript;
  /** Share of dials that fail all the same. */
  flakiness: number;
  /** What a dial takes: one of these. */
  dialMs: readonly number[];
  /** What an answer takes: one of these. */
  answerMs: readonly number[];
  /** To paths that are not in `paths`. */
  answer: Answer;
  readonly paths: Map<string, Answer>;
  /** Share of answers after which the server closes, and says so. */
  closing: number;
}

export function calmWeather(): Weather {
  return { dial: 'ok', flakiness: 0, dialMs: [1], answerMs: [1], answer: 200, paths: new Map(), closing: 0 };
}

/** Each class that a dial can end with. */
export const dialFailures: readonly ErrorClass[] = [
  'refused',
  'unreachable',
  'timeout-tcp',
  'timeout-tls',
  'reset',
  'local',
  'tls-protocol',
  'tls-certificate',
  'tls-client-certificate',
];

/** Short of nothing, equal to each other and to the pool's own second, and longer than deadlines. */
const durations: readonly (readonly number[])[] = [
  [0],
  [0, 1, 5],
  [1],
  [5, 50],
  [50, 200, 500],
  [500, 1_000],
  [1_000, 3_000],
  [200, 4_000, 12_000],
];

const answers: readonly Answer[] = [200, 200, 200, 301, 403, 404, 401, 429, 500, 503, 'hang', 'reset'];

/** Changes one thing, and says what. */
export function changeWeather(weather: Weather, dice: Dice, paths: readonly string[]): string {
  switch (dice.below(8)) {
    case 0:
    case 1:
      weather.dial = dice.chance(0.5) ? 'ok' : dice.chance(0.25) ? 'hang' : dice.pick(dialFailures);
      return `dials: ${weather.dial}`;
    case 2:
      weather.flakiness = dice.pick([0, 0, 0.1, 0.5]);
      return `dials that fail: ${weather.flakiness}`;
    case 3:
      weather.dialMs = dice.pick(durations);
      return `dials take ${weather.dialMs.join(' or ')} ms`;
    case 4:
      weather.answerMs = dice.pick(durations);
      return `answers take ${weather.answerMs.join(' or ')} ms`;
    case 5:
      weather.answer = dice.pick(answers);
      return `answers: ${weather.answer}`;
    case 6: {
      const path = dice.pick(paths);
      const answer = dice.pick(answers);
      weather.paths.set(path, answer);
      return `answers to ${path}: ${answer}`;
    }
    default:
      weather.closing = dice.pick([0, 0, 0.1, 1]);
      return `answers that close: ${weather.closing}`;
  }
}
