/** Questions about the past, handed to the history as they are. */
import type { RequestName, RequestOutput, RequestParsed } from '../contract/index.ts';
import { PatternCounter } from '../logging/pattern-counter.ts';
import type { RememberedPast } from './console-ports.ts';

/** Those that need more than the history are answered elsewhere. */
type HistoryRequest = Exclude<Extract<RequestName, `history.${string}` | `events.${string}`>, 'history.life'>;
type HistoryHandlers = {
  readonly [Name in HistoryRequest]: (input: RequestParsed<Name>) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

export function historyHandlers(history: RememberedPast): HistoryHandlers {
  return {
    'history.series': (wish) => history.series(wish),
    'history.events': (wish) => history.events(wish),
    'history.lives': (wish) => history.lives(wish),
    'history.alerts': (wish) => history.alerts(wish),
    'history.checks': (wish) => history.checks(wish),
    'history.spans': (wish) => history.spans(wish),
    'history.cells': (wish) => history.cells(wish),
    'history.samples': (wish) => history.samples(wish),
    'history.errors': (wish) => history.errors(wish),
    'history.warmUps': (wish) => history.warmUps(wish),
    'history.warmUpCells': (wish) => history.warmUpCells(wish),
    'history.moment': (wish) => history.moment(wish),
    'history.changes': (wish) => history.changes(wish),
    'events.patterns': (wish) => history.patterns(wish),
    'events.countPatterns': ({ text }) => {
      const counter = new PatternCounter();
      counter.add(text);
      counter.end();
      return { lines: counter.lines, counts: counter.counts };
    },
    'history.status': () => history.status(),
  };
}
